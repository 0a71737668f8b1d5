import type { Inbox as InboxAnswer } from '../../../shared/contracts/inbox';
import type { Inbox } from '../domain/inbox/inbox';
import type { Ports } from '../ports';

/** An inbox as it crosses HTTP: how it is reached and how it is, for whoever asks. */
export const inboxAnswer = async (
  { messages }: Pick<Ports, 'messages'>,
  inbox: Inbox,
  askerDocumentId: string
): Promise<InboxAnswer> => ({
  documentId: inbox.documentId,
  label: inbox.label,
  address: inbox.address,
  senderName: inbox.senderName,
  provider: inbox.provider,
  imap: inbox.imap,
  smtp: inbox.smtp,
  sentCopy: inbox.sentCopy,
  sentFolderPath: inbox.sentFolderPath,
  state: inbox.state,
  stateCode: inbox.stateCode,
  stateReason: inbox.stateReason,
  ownedByYou: inbox.ownerDocumentId === askerDocumentId,
  consentGivenAt: inbox.consent?.givenAt ?? null,
  connectedAt: inbox.connectedAt,
  lastPassAt: inbox.lastPassAt,
  nextPassAt: inbox.nextPassAt,
  quarantined: await messages.quarantineCount(inbox.documentId),
});
