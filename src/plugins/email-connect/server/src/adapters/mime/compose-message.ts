import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { EmailConnectError } from '../../domain/errors';
import { bracketed } from '../../domain/identification/message-id';
import type { Address } from '../../domain/message/message';
import type { Bytes, MessageToCompose } from '../../ports';
import { htmlToText } from './html-to-text';

/**
 * The bytes of an outgoing message (RFC 5322, RFC 2045), CRLF throughout, ready for SMTP and for the Sent folder
 * alike (S9). The header fields of `headers` stand as given (S14); Bcc recipients are in the SMTP envelope only.
 * Throws HEADER_INJECTION for a line break in a name, address, subject or file name (S37); reading rejects with the
 * error of an attachment's bytes.
 */
export const composeMessage = (message: MessageToCompose): Bytes => {
  assertNoLineBreak(message);
  return compose(message);
};

async function* compose({ from, draft, headers, sentAt, attachments }: MessageToCompose): Bytes {
  const files = attachments.map(({ content, ...file }) => ({ ...file, content: readableOf(content) }));
  const composer = new MailComposer({
    from: toMailbox(from),
    to: draft.to.map(toMailbox),
    cc: draft.cc.map(toMailbox),
    subject: draft.subject,
    date: sentAt,
    messageId: bracketed(headers.messageId),
    ...(headers.inReplyTo ? { inReplyTo: bracketed(headers.inReplyTo) } : {}),
    references: headers.references.map(bracketed),
    headers: { 'Thread-Index': headers.threadIndex, 'Thread-Topic': headers.threadTopic },
    text: draft.text || htmlToText(draft.html),
    ...(draft.html ? { html: draft.html } : {}),
    attachments: files.map(({ fileName, contentType, content }) => ({
      filename: fileName,
      contentType,
      contentDisposition: 'attachment',
      content,
    })),
    newline: 'windows',
    // A draft's content is data: it must never make this server read a file or a URL.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const source = heardOut(composer.compile().createReadStream());
  try {
    for await (const piece of source) if (piece instanceof Uint8Array) yield piece;
  } finally {
    await Promise.all(files.map(({ content }) => letGo(content)));
  }
}

const readableOf = (content: Bytes): Readable => heardOut(Readable.from(content));

/** A stream that fails after its reader has gone would end the process: the error needs a listener. */
const heardOut = <Stream extends Readable>(stream: Stream): Stream => stream.on('error', () => undefined);

/** nodemailer does not close a stream that it did not read to the end. */
const letGo = (content: Readable): Promise<void> =>
  new Promise((resolve) => {
    if (content.closed) return resolve();
    content.once('close', resolve);
    content.destroy();
  });

const toMailbox = ({ address, displayName }: Address): { name: string; address: string } => ({
  name: displayName,
  address,
});

const LINE_BREAK = /[\r\n\0]/;

const assertNoLineBreak = ({ from, draft, headers, attachments }: MessageToCompose): void => {
  const addresses = [from, ...draft.to, ...draft.cc].flatMap(({ address, displayName }) => [
    address,
    displayName,
  ]);
  const ids = [headers.messageId, headers.inReplyTo ?? '', ...headers.references];
  const files = attachments.flatMap(({ fileName, contentType }) => [fileName, contentType]);
  const values = [...addresses, ...ids, ...files, draft.subject, headers.threadIndex, headers.threadTopic];
  if (!values.some((value) => LINE_BREAK.test(value))) return;
  throw new EmailConnectError(
    'HEADER_INJECTION',
    'A name, address, subject or file name holds a line break.',
    'Remove the line break and send again.'
  );
};
