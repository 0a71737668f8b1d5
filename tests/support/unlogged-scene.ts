import type { z } from 'zod';
import type { MailScene } from './mail-scene';
import { us } from './mail-scene';
import { readTranscript, readsBody } from './transcript';

/** A JSON answer of an admin route below `/email-connect`, checked; throws for a refusal. */
export const ask = async <T>(
  { admin }: Pick<MailScene, 'admin'>,
  schema: z.ZodType<T>,
  method: string,
  path: string,
  body?: unknown
): Promise<T> => {
  const answer = await admin.call(method, `/email-connect${path}`, body);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
  return schema.parse(JSON.parse(text));
};

/** Bytes of a mail to us, as small as one can be. */
export const mailToUs = (fields: Record<string, string>, text = 'Hello'): string => {
  const head = {
    To: us.address,
    Date: new Date().toUTCString(),
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    ...fields,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return [...lines, '', text, ''].join('\r\n');
};

/** What was asked of the IMAP server while `work` ran: commands, and FETCHes that read more than header fields (S12). */
export const askedDuring = async <T>({ server }: MailScene, work: () => Promise<T>) => {
  const before = server.transcript.length;
  const result = await work();
  const lines = server.transcript
    .slice(before)
    .filter(({ protocol, direction }) => protocol === 'imap' && direction === 'in')
    .map(({ line }) => line);
  const { commands, fetches } = readTranscript(lines.join('\r\n'));
  return { result, commands, fetches, bodies: fetches.filter(readsBody) };
};
