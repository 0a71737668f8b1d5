import { EmailConnectError } from '../../domain/errors';
import type { ImapUid } from '../../domain/message/message';
import type { TraceField } from '../../domain/message/trace';
import type { OpenFolder } from '../../ports';

/** One message of a scripted folder. */
export interface FakeMessage {
  imapUid: ImapUid;
  /** Becomes both the header bytes and the body. */
  raw: string;
  trace?: TraceField[];
  /** ISO. */
  receivedAt?: string;
  /** Listed, but its headers never come. */
  unreadable?: boolean;
  /** What happens instead of a body; one entry for each attempt, the last one for all further. */
  bodyFailures?: EmailConnectError[];
  /** Its headers come, and nothing more. */
  isGone?: boolean;
  /** The server drops the connection whenever its headers are asked for. */
  endsScans?: boolean;
  /** The same, only when its trace is asked for. */
  endsTraces?: boolean;
}

/** A folder that does what real servers do only on a bad day, and writes down what was asked of it. */
export class FakeFolder implements OpenFolder {
  readonly fetchedBodies: ImapUid[] = [];
  readonly traced: ImapUid[] = [];
  released = 0;
  scans = 0;

  constructor(
    readonly messages: FakeMessage[],
    readonly state: OpenFolder['state']
  ) {}

  async listUids(from: number, to: number): Promise<ImapUid[]> {
    return this.messages.map(({ imapUid }) => imapUid).filter((imapUid) => imapUid >= from && imapUid <= to);
  }

  async listUidsSince(): Promise<ImapUid[]> {
    return this.messages.map(({ imapUid }) => imapUid);
  }

  async scanHeaders(uids: readonly ImapUid[]) {
    this.scans += 1;
    const asked = this.messages.filter(({ imapUid }) => uids.includes(imapUid));
    if (asked.some(({ endsScans }) => endsScans)) throw refusal('CONNECTION_LOST');
    return {
      scanned: asked
        .filter(({ unreadable }) => !unreadable)
        .map(({ imapUid, raw, receivedAt = '2026-03-01T10:00:05.000Z' }) => ({
          imapUid,
          receivedAt,
          size: raw.length,
          headerBytes: new TextEncoder().encode(raw),
          isDraft: false,
          labels: [],
          serverThreadId: null,
        })),
      unreadable: asked.filter(({ unreadable }) => unreadable).map(({ imapUid }) => imapUid),
    };
  }

  async fetchReturned(): Promise<null> {
    return null;
  }

  async fetchTraces(uids: readonly ImapUid[]) {
    this.traced.push(...uids);
    const asked = this.messages.filter(({ imapUid }) => uids.includes(imapUid));
    if (asked.some(({ endsTraces }) => endsTraces)) throw refusal('CONNECTION_LOST');
    const there = asked.filter(({ isGone }) => !isGone);
    return new Map(there.map(({ imapUid, trace = [] }) => [imapUid, trace]));
  }

  async search(): Promise<ImapUid[]> {
    return [];
  }

  async fetchMessage(imapUid: ImapUid) {
    this.fetchedBodies.push(imapUid);
    const message = this.messages.find((candidate) => candidate.imapUid === imapUid);
    if (!message || message.isGone) return null;
    const attempt = this.fetchedBodies.filter((fetched) => fetched === imapUid).length;
    const failure = message.bodyFailures?.at(Math.min(attempt, message.bodyFailures.length) - 1);
    if (failure) throw failure;
    return bytesOf(message.raw);
  }

  release(): void {
    this.released += 1;
  }
}

async function* bytesOf(text: string) {
  yield new TextEncoder().encode(text);
}

export const refusal = (code: EmailConnectError['code']) => new EmailConnectError(code, 'No.', 'Ask again.');
