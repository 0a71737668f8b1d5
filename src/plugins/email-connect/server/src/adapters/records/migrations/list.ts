import { oneTablePrefix } from './0001-one-table-prefix';
import { stagesOfSending } from './0002-stages-of-sending';
import { oneMailboxOneInbox } from './0003-one-mailbox-one-inbox';
import { whereMessagesStand } from './0004-where-messages-stand';
import { addressesCount } from './0005-addresses-count';
import { rulesNameTheirInbox } from './0006-rules-name-their-inbox';
import { evidenceWithoutLogAddress } from './0007-evidence-without-log-address';
import { aRequestNamesAContact } from './0008-a-request-names-a-contact';
import { whoHoldsWhat } from './0009-who-holds-what';
import { whoseAnInboxIs } from './0010-whose-an-inbox-is';
import { rulesChooseLevels } from './0011-rules-choose-levels';
import { copiesAreCompared } from './0012-copies-are-compared';
import type { Migration } from './migration';

/** In their order. Before-schema ones run before all after-schema ones of the same start. */
export const migrations: readonly Migration[] = [
  oneTablePrefix,
  stagesOfSending,
  oneMailboxOneInbox,
  whereMessagesStand,
  addressesCount,
  rulesNameTheirInbox,
  evidenceWithoutLogAddress,
  aRequestNamesAContact,
  whoHoldsWhat,
  whoseAnInboxIs,
  rulesChooseLevels,
  copiesAreCompared,
];
