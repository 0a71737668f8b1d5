import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { replyTo } from '../mail-server/customer';
import type { MailServerProcess } from './mail-server-process';

export interface CustomerReply {
  text: string;
  attachments?: { filename: string; contentType: string; content: Buffer }[];
}

const WAIT_MS = 15_000;

/**
 * A customer with a mail client of their own: answers the newest mail with this subject. Resolves with the time of
 * sending.
 */
export const answerAsCustomer = async (
  server: MailServerProcess,
  customer: { address: string; password: string; name: string },
  subject: string,
  reply: CustomerReply
): Promise<Date> => {
  const tls = { ca: readFileSync(server.certificateFile, 'utf8') };
  const original = await receive(server, customer, tls, subject);
  const raw = await replyTo(original, { from: { name: customer.name, address: customer.address }, ...reply });
  const transport = createTransport({
    host: 'localhost',
    port: server.smtpsPort,
    secure: true,
    tls,
    auth: { user: customer.address, pass: customer.password },
  });
  const sentAt = new Date();
  const { from, to } = envelopeOf(raw, customer.address);
  await transport.sendMail({ raw, envelope: { from, to } });
  transport.close();
  return sentAt;
};

const receive = async (
  server: MailServerProcess,
  customer: { address: string; password: string },
  tls: { ca: string },
  subject: string
): Promise<Buffer> => {
  const client = new ImapFlow({
    host: 'localhost',
    port: server.imapsPort,
    secure: true,
    tls,
    auth: { user: customer.address, pass: customer.password },
    logger: false,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.mailboxOpen('INBOX', { readOnly: true });
    for (const deadline = Date.now() + WAIT_MS; Date.now() < deadline; await sleep(50)) {
      await client.noop();
      const answered = await client.fetchAll('1:*', { source: true, envelope: true });
      const newest = answered.filter((message) => message.envelope?.subject === subject).at(-1);
      if (newest?.source) return newest.source;
    }
    throw new Error(`The mail "${subject}" did not reach ${customer.address}.`);
  } finally {
    await client.logout();
  }
};

const envelopeOf = (raw: Buffer, from: string) => {
  const to = /^To: (.*)$/im.exec(raw.toString('latin1'))?.[1] ?? '';
  return { from, to: /<([^>]+)>/.exec(to)?.[1] ?? to.trim() };
};
