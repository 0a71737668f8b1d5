import type { MessageHeaders, ReturnedMessage, ScannedMessage } from '../../domain/message/message';
import type { TraceField } from '../../domain/message/trace';
import type { HeaderSearch, Imap, ImapSession, Mime, OpenFolder } from '../../ports';
import { refusal } from './fake-folder';
import { headersWith, uid } from './build-mail';

export interface MailboxMessage {
  imapUid: number;
  headers: Partial<MessageHeaders>;
  /** ISO. */
  receivedAt?: string;
  returned?: ReturnedMessage;
  trace?: TraceField[];
}

export interface MailboxFolder {
  uidValidity?: string;
  /** It would not open. */
  fails?: boolean;
  messages: MailboxMessage[];
}

/** A mailbox that is looked into from outside a pass, and writes down what was asked of it (S12). */
export class FakeMailbox implements Pick<Imap, 'connect'> {
  readonly asked: string[] = [];
  openSessions = 0;

  constructor(readonly folders: Record<string, MailboxFolder>) {}

  async connect(): Promise<ImapSession> {
    this.openSessions += 1;
    return {
      openFolder: async (folderPath: string) => this.open(folderPath),
      close: async () => void (this.openSessions -= 1),
    } as Partial<ImapSession> as ImapSession;
  }

  private open(folderPath: string): OpenFolder {
    const folder = this.folders[folderPath];
    if (!folder || folder.fails) throw refusal('FOLDER_UNREADABLE');
    this.asked.push(`open ${folderPath}`);
    const { messages, uidValidity = '7' } = folder;
    const uidNext = Math.max(0, ...messages.map(({ imapUid }) => imapUid)) + 1;
    return {
      state: { uidValidity, uidNext, exists: messages.length, objectId: null },
      listUids: async () => {
        throw new Error('Nobody asked for this in a fake mailbox.');
      },
      listUidsSince: async (since) => {
        this.asked.push('list');
        return messages
          .filter(({ receivedAt = TIME }) => receivedAt >= since.toISOString())
          .map(({ imapUid }) => uid(imapUid));
      },
      search: async (search, limit) => {
        this.asked.push('search');
        return messages
          .filter(({ headers }) => isMet(search, headersWith(headers)))
          .slice(-limit)
          .map(({ imapUid }) => uid(imapUid));
      },
      scanHeaders: async (uids) => {
        this.asked.push(`headers of ${uids.length}`);
        const wanted = new Set<number>(uids);
        return {
          scanned: messages.filter(({ imapUid }) => wanted.has(imapUid)).map(scannedFrom),
          unreadable: [],
        };
      },
      fetchReturned: async (imapUid) => {
        this.asked.push('returned part');
        return messages.find((message) => message.imapUid === imapUid)?.returned ?? null;
      },
      fetchTraces: async (uids) => {
        this.asked.push(`traces of ${uids.length}`);
        const there = messages.filter(({ imapUid }) => uids.includes(uid(imapUid)));
        return new Map(there.map(({ imapUid, trace = [] }) => [uid(imapUid), trace]));
      },
      fetchMessage: async () => {
        this.asked.push('BODY');
        return null;
      },
      release: () => undefined,
    };
  }
}

const TIME = '2026-03-01T10:00:05.000Z';

const scannedFrom = ({ imapUid, headers, receivedAt = TIME }: MailboxMessage): ScannedMessage => ({
  imapUid: uid(imapUid),
  receivedAt,
  size: 1_000,
  headerBytes: new TextEncoder().encode(JSON.stringify(headersWith(headers))),
  isDraft: false,
  labels: [],
  serverThreadId: null,
});

/** Reads the header bytes that a fake mailbox gives. */
export const fakeMime = {
  parseHeaders: (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes)) as MessageHeaders,
} as Partial<Mime> as Mime;

const isMet = ({ messageId, address, subject }: HeaderSearch, headers: MessageHeaders): boolean =>
  (messageId === undefined || headers.messageId === messageId) &&
  (subject === undefined || headers.subject.includes(subject)) &&
  (address === undefined ||
    [...headers.from, ...headers.to, ...headers.cc].some((entry) => entry.address === address));
