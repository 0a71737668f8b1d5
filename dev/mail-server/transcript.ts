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
 * What was said on every connection, decrypted: the proof of what a client asked for. Passwords are
 * left out. The oldest half goes when it grows past 200,000 lines, so that a demo can run for weeks.
 */
export class Transcript {
  readonly entries: TranscriptEntry[] = [];

  record(protocol: 'imap' | 'smtp', session: number, direction: 'in' | 'out', line: string): void {
    if (this.entries.length >= MAX_ENTRIES) this.entries.splice(0, MAX_ENTRIES / 2);
    this.entries.push({ protocol, session, direction, line: line.slice(0, MAX_LINE), at: Date.now() });
  }
}
