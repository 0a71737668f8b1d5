/** One line of a conversation, without its CRLF. A literal or message body stands as `<n bytes>`. */
export interface TranscriptEntry {
  protocol: 'imap' | 'smtp';
  /** Counts connections from 1, per protocol. */
  session: number;
  direction: 'in' | 'out';
  line: string;
  /** Milliseconds since the epoch. */
  at: number;
}

const MAX_LINE = 2000;
const MAX_ENTRIES = 200_000;

/**
 * All lines on every connection, decrypted: the proof of what a client asked for. Passwords are left out. Beyond
 * 200,000 lines the oldest half is dropped, so that a demo can run for weeks.
 */
export class Transcript {
  readonly entries: TranscriptEntry[] = [];

  record(protocol: 'imap' | 'smtp', session: number, direction: 'in' | 'out', line: string): void {
    if (this.entries.length >= MAX_ENTRIES) this.entries.splice(0, MAX_ENTRIES / 2);
    this.entries.push({ protocol, session, direction, line: line.slice(0, MAX_LINE), at: Date.now() });
  }
}
