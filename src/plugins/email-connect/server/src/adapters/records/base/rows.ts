import type { Inbox } from '../../../domain/inbox/inbox';
import type { MessageId } from '../../../domain/identification/message-id';
import type { Evidence } from '../../../domain/logging/verdict';
import type { Address } from '../../../domain/message/message';
import type { SmtpEnvelope } from '../../../domain/outgoing/outgoing';

/** Rows as the query engine hands them out. */
export interface ThreadRow {
  id: number;
  documentId: string;
  subject: string;
  baseSubject: string;
  state: string;
  lastMessageAt: string | null;
  lastDirection: string | null;
  lastFrom: string | null;
  messageCount: number;
  attachmentCount: number;
  preview: string | null;
  threadToken: string;
  threadIndexRoot: string;
  continuesDocumentId: string | null;
  inbox?: { documentId: string } | null;
}

export interface MessageSummaryRow {
  id: number;
  documentId: string;
  messageId: string | null;
  subject: string;
  fromAddress: string;
  fromName: string;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  direction: string;
  origin: string;
  notice: string | null;
  deliveryStatus: string | null;
  failureMessage: string | null;
  answersDocumentId: string | null;
  readAt: string | null;
  isJunk: boolean | null;
  marks: unknown;
  sentAt: string | null;
  receivedAt: string;
  evidence: Evidence | null;
  thread?: { documentId: string } | null;
  inbox?: { documentId: string } | null;
  attachments?: AttachmentRow[];
}

export interface MessageRow extends MessageSummaryRow {
  inReplyTo: MessageId[];
  text: string;
  html: string;
  dedupKey: string;
  fingerprint: string;
}

export interface AttachmentRow {
  id: number;
  documentId: string;
  fileName: string;
  contentType: string;
  size: number;
  disposition: string;
  contentId: string;
  state: string;
  storageKey: string | null;
  /** Milliseconds. */
  retryAt: string | null;
  retries: number | null;
  message?: { documentId: string; sentAt: string | null; fromAddress: string } | null;
  thread?: { documentId: string } | null;
}

export interface InboxRow {
  id: number;
  documentId: string;
  version: number | null;
  label: string;
  address: string;
  senderName: string;
  isTeamAddress: boolean | null;
  ownerDocumentId: string;
  provider: string;
  /** The last two were added later: rows of an earlier version lack them. */
  settings: Pick<Inbox, 'imap' | 'smtp' | 'sentCopy' | 'sentFolderPath'> &
    Partial<Pick<Inbox, 'logAddress'> & { trustedAuthServers: string[] }>;
  policy: string | null;
  level: string | null;
  lastGap: Inbox['lastGap'];
  state: string;
  stateCode: string;
  stateReason: string;
  consecutiveFailures: number;
  consent: Inbox['consent'];
  connectedAt: string | null;
  lastPassAt: string | null;
  nextPassAt: string | null;
}

export interface NamedRow {
  id: number;
  inboxDocumentId: string;
  kind: string;
  namedDocumentId: string;
}

export interface FolderRow {
  id: number;
  folderPath: string;
  folderKey: string;
  specialUse: string | null;
  watched: boolean;
  role: string | null;
  listed: boolean | null;
  objectId: string | null;
  readFrom: string | null;
  uidValidity: string | null;
  lastUid: string | null;
  lastPassAt: string | null;
  lastErrorCode: string | null;
  failures: number | null;
  retryAt: string | null;
  recentUids: string | null;
  existing: string | null;
  completeUpTo: string | null;
  sweptAt: string | null;
  renumberedAt: string[] | null;
  lookBackTo: string | null;
  readingUid: string | null;
  readingLosses: number | null;
}

export interface IdRow {
  hash: string;
  kind: string;
  threadDocumentId: string;
  messageDocumentId: string;
}

export interface ContactLinkRow {
  threadDocumentId: string;
  contactType: string;
  contactDocumentId: string;
}

export interface AddressRow {
  addressHash: string;
  address: string;
  contactType: string;
  contactDocumentId: string;
  counts: boolean;
}

export interface ParticipantRow {
  threadDocumentId: string;
  addressHash: string;
  address: string;
  /** null in rows of 0.1.0. */
  cameAs: string | null;
}

export interface MessageAddressRow {
  messageId: number;
  threadId: number;
  addressHash: string;
  role: string;
}

export interface MessageRecordRow {
  messageId: number;
  threadId: number;
  contactType: string;
  contactDocumentId: string;
  standsIn: boolean;
}

export interface OutboxRow {
  id: number;
  inboxDocumentId: string;
  messageDocumentId: string;
  threadDocumentId: string;
  messageId: string;
  smtpEnvelope: SmtpEnvelope;
  sourceKey: string;
  /** null in rows of 0.1.0, like every column that was added later. */
  composedFor: string | null;
  stage: string;
  attempts: number;
  looks: number | null;
  doubted: boolean | null;
  claimId: string | null;
  recordedBy: string | null;
  errorCode: string | null;
  errorMessage: string | null;
  errorNextStep: string | null;
  errorDetail: string | null;
  queuedAt: string | number | null;
}

export interface PressRow {
  contentHash: string;
  messageDocumentId: string;
  threadDocumentId: string;
}

export interface HoldingRow {
  id: number;
  messageId: number;
  threadId: number;
  inboxDocumentId: string;
  holds: boolean;
  decides: boolean;
}

export interface StricterLevelRow {
  threadId: number;
  /** 0: the whole conversation. */
  messageId: number;
  inboxDocumentId: string;
  level: string;
}

export interface RuleMatchRow {
  messageId: number;
  threadId: number;
  inboxDocumentId: string;
  ruleDocumentId: string;
}

/** A rule as its content type stores it. */
export interface RuleRow {
  documentId: string;
  field: string;
  pattern: string;
  action: string | null;
  active: boolean | null;
  inboxDocumentId: string | null;
}

export interface AccessRequestRow {
  id: number;
  threadId: number;
  inboxDocumentId: string;
  userDocumentId: string;
  state: string;
  /** Milliseconds. */
  askedAt: string;
  answeredAt: string | null;
  answeredBy: string;
}
