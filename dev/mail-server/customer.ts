import { randomUUID } from 'node:crypto';
import { simpleParser } from 'mailparser';
import type { AddressObject, ParsedMail } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';

/** What a customer writes back. */
export interface CustomerReply {
  /** `Ann Example <ann@customer.example>`, or its two parts. */
  from: string | { name: string; address: string };
  text: string;
  /** Makes the reply multipart/alternative. */
  html?: string;
  attachments?: { filename: string; content: Buffer | string; contentType?: string }[];
  /** The Date of the reply; now by default. */
  date?: Date;
}

/**
 * The bytes of a reply to a message, made as mail clients make it: to Reply-To or From, `Re:` once, In-Reply-To and
 * References by RFC 5322 section 3.6.4, and the original quoted below. Throws when the original has no address to
 * answer to.
 */
export const replyTo = async (original: Buffer, reply: CustomerReply): Promise<Buffer> => {
  const parsed = await simpleParser(original, { skipImageLinks: true });
  const to = (parsed.replyTo ?? parsed.from)?.text;
  if (!to) throw new Error('The original has neither Reply-To nor From: there is nobody to answer.');
  const composer = new MailComposer({
    from: reply.from,
    to,
    subject: replySubject(parsed.subject ?? ''),
    date: reply.date ?? new Date(),
    messageId: `<${randomUUID()}@${domainOf(typeof reply.from === 'string' ? reply.from : reply.from.address)}>`,
    ...threadFields(parsed),
    text: `${reply.text}\n\n${quoteText(parsed)}\n`,
    ...(reply.html === undefined ? {} : { html: `${reply.html}<br>${quoteHtml(parsed)}` }),
    attachments: reply.attachments ?? [],
  });
  return composer.compile().build();
};

const replySubject = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);

const domainOf = (address: string): string => /@([^\s>]+)/.exec(address)?.[1] ?? 'customer.example';

/**
 * References are those of the original and its Message-ID; without References they begin with its single In-Reply-To.
 */
const threadFields = ({ messageId, references, inReplyTo }: ParsedMail) => {
  if (!messageId) return {};
  const ancestors = references ?? inReplyTo ?? [];
  return { inReplyTo: messageId, references: [...[ancestors].flat(), messageId] };
};

const attribution = ({ date, from }: ParsedMail): string =>
  `On ${(date ?? new Date(0)).toUTCString()}, ${nameOf(from)} wrote:`;

const nameOf = (from: AddressObject | undefined): string => from?.value[0]?.name || from?.text || 'you';

const quoteText = (original: ParsedMail): string => {
  const lines = (original.text ?? '').trimEnd().split(/\r?\n/);
  return [
    attribution(original),
    ...lines.map((line) => (line.startsWith('>') ? `>${line}` : `> ${line}`)),
  ].join('\n');
};

const quoteHtml = (original: ParsedMail): string => {
  const body = original.html || original.textAsHtml || '';
  return (
    `<div class="gmail_quote"><div dir="ltr" class="gmail_attr">${escapeHtml(attribution(original))}<br></div>` +
    `<blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">` +
    `${body}</blockquote></div>`
  );
};

const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
