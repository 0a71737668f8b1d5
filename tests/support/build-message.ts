import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type {
  Candidate,
  ImapUid,
  MessageHeaders,
  ParsedAttachment,
} from '../../src/plugins/email-connect/server/src/domain/message/message';
import type { Location, MessageToRecord } from '../../src/plugins/email-connect/server/src/ports';
import {
  candidateWith,
  headersWith,
} from '../../src/plugins/email-connect/server/src/testing/fakes/build-mail';

export const messageId = (id: string): MessageId => id as MessageId;

/** Headers of a mail that says nothing but what is asked for. */
export const buildHeaders = (headers: Partial<MessageHeaders> = {}): MessageHeaders =>
  headersWith({
    messageId: null,
    from: [{ address: 'grace@customer.example', displayName: 'Grace' }],
    to: [{ address: 'ada@team.example', displayName: 'Ada' }],
    ...headers,
  });

/** The same as a scan brings it. */
export const buildCandidate = (
  headers: Partial<MessageHeaders> = {},
  change: Partial<Omit<Candidate, 'headers'>> = {}
): Candidate => candidateWith(buildHeaders(headers), { size: 2048, ...change });

export const buildAttachment = (attachment: Partial<ParsedAttachment> = {}): ParsedAttachment => ({
  fileName: 'plan.pdf',
  contentType: 'application/pdf',
  size: 1234,
  sha256: 'a'.repeat(64),
  disposition: 'attachment',
  contentId: '',
  state: 'stored',
  storageKey: 'aa/plan',
  ...attachment,
});

type MessageParts = Partial<Omit<MessageToRecord, 'parsed'>> & {
  threadDocumentId: string;
  inboxDocumentId: string;
  headers?: Partial<MessageHeaders>;
  text?: string;
  attachments?: ParsedAttachment[];
};

/** A reply that is ready to be recorded. */
export const buildMessage = ({
  headers,
  text = 'Yes, please.',
  attachments = [],
  ...parts
}: MessageParts): MessageToRecord => {
  const complete = buildHeaders(headers);
  return {
    direction: 'incoming',
    origin: 'reply',
    begins: null,
    notice: null,
    answersDocumentId: null,
    reports: [],
    evidence: null,
    deliveryStatus: null,
    dedupIdentity: complete.messageId ?? `none ${complete.subject}`,
    fingerprint: `${complete.subject} ${complete.sentAt}`,
    receivedAt: '2026-03-01T10:00:05.000Z',
    size: 2048,
    isJunk: false,
    aliases: [],
    serverThreadId: null,
    bcc: [],
    failsDmarc: false,
    parsed: { headers: complete, text, html: '', attachments, parsedAs: 'mime', marks: [], embedded: [] },
    participants: [...complete.from, ...complete.to, ...complete.cc].map(({ address }) => address),
    ...parts,
  };
};

export const buildLocation = (imapUid: number, location: Partial<Location> = {}): Location => ({
  folderPath: 'INBOX',
  uidValidity: '7',
  imapUid: imapUid as ImapUid,
  ...location,
});
