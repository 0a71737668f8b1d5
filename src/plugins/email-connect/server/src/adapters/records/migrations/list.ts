import { oneTablePrefix } from './0001-one-table-prefix';
import { stagesOfSending } from './0002-stages-of-sending';
import { oneMailboxOneInbox } from './0003-one-mailbox-one-inbox';
import { aRequestNamesAContact } from './0006-a-request-names-a-contact';
import type { Migration } from './migration';

/** In their order. Before-schema ones run before all after-schema ones of the same start. */
export const migrations: readonly Migration[] = [
  oneTablePrefix,
  stagesOfSending,
  oneMailboxOneInbox,
  aRequestNamesAContact,
];
