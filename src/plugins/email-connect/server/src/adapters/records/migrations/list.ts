import { oneTablePrefix } from './0001-one-table-prefix';
import { stagesOfSending } from './0002-stages-of-sending';
import { oneMailboxOneInbox } from './0003-one-mailbox-one-inbox';
import { rulesNameTheirInbox } from './0004-rules-name-their-inbox';
import type { Migration } from './migration';

/** In their order. Before-schema ones run before all after-schema ones of the same start. */
export const migrations: readonly Migration[] = [
  oneTablePrefix,
  stagesOfSending,
  oneMailboxOneInbox,
  rulesNameTheirInbox,
];
