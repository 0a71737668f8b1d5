import { chownSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MAIL_ID } from '../tests/support/dovecot-config';
import type { Dovecot } from '../tests/support/dovecot';

/** The content of a benchmark's mailbox. */
export interface MailboxPlan {
  messages: number;
  /** The message with this number, from 1 on. */
  compose(number: number): string;
  /** INTERNALDATE. The inbox does not read mail that is older than its connection. */
  receivedAt(number: number): Date;
}

/**
 * Puts messages into a user's INBOX as files, which is how a mailbox of 100,000 is made in seconds. Call it before
 * the first login of the user; the server numbers them in the order of their names. Resolves with all their bytes.
 */
export const fillMaildir = (dovecot: Dovecot, user: string, plan: MailboxPlan): number => {
  const home = path.join(dovecot.directory, 'mail', user);
  const cur = path.join(home, 'Maildir', 'cur');
  const folders = [
    home,
    path.join(home, 'Maildir'),
    cur,
    ...['new', 'tmp'].map((name) => path.join(cur, '..', name)),
  ];
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  let bytes = 0;
  for (let number = 1; number <= plan.messages; number += 1) {
    const raw = Buffer.from(plan.compose(number), 'latin1');
    bytes += raw.length;
    // S and W save the server from reading every file to learn its size.
    const name = `${1_700_000_000 + number}.M${number}.bench,S=${raw.length},W=${raw.length}:2,S`;
    writeFileSync(path.join(cur, name), raw, { mode: 0o644 });
    const receivedAt = plan.receivedAt(number);
    utimesSync(path.join(cur, name), receivedAt, receivedAt);
  }
  for (const folder of folders) chownSync(folder, MAIL_ID, MAIL_ID);
  return bytes;
};
