import libmime from 'libmime';
import type { ParsedAttachment, ParsedMessage } from '../../domain/message/message';
import type { Bytes, MessageLimits } from '../../ports';
import { assembleText } from './assemble-text';
import { collectText, textKindOf } from './collect-text';
import type { TextPart } from './collect-text';
import { cutText } from './decode-text';
import { fileNameOf } from './file-name';
import { dispositionIn, referencedContentIds } from './inline-images';
import { keepAttachment } from './keep-attachment';
import { keepRaw, rawBodyText } from './keep-raw';
import { messageParts } from './message-parts';
import type { MessagePart, TreeEvents } from './message-parts';
import { createMessageSpool } from './message-spool';
import { parseHeaders } from './parse-headers';
import { sanitizeHtml } from './sanitize-html';

/**
 * A message, streamed into text, sanitised HTML and stored files. Memory does not grow with the size of any part.
 *
 * Phases: read part by part (text is collected, files go to `saveAttachment` as they come), then assemble. A tree that
 * cannot be read (c54) keeps the whole message as a file instead, `parsedAs: 'raw'`, with the text read so far.
 * Rejects when `source` does, with its error; never because of what the message holds.
 */
export const parseMessage = async (source: Bytes, limits: MessageLimits): Promise<ParsedMessage> => {
  const spool = createMessageSpool(source, limits.attachmentBytes);
  const reading = createReading(limits);
  try {
    try {
      await reading.read(spool.pass());
    } catch {
      const lost = spool.sourceError();
      if (lost) throw lost.cause;
      return await keepRaw(spool, reading.headerBytes(), reading.texts, limits);
    }
    const rawText = reading.isBroken() ? await rawBodyText(spool, limits) : '';
    return assemble(reading, rawText, limits);
  } finally {
    await spool.close();
  }
};

interface Reading {
  read(source: AsyncIterable<Buffer>): Promise<void>;
  headerBytes(): Uint8Array | null;
  /** No text was found, and there is a multipart that may hold it. */
  isBroken(): boolean;
  readonly texts: TextPart[];
  readonly files: { part: MessagePart; attachment: ParsedAttachment }[];
}

const createReading = (limits: MessageLimits): Reading => {
  let headerBytes: Uint8Array | null = null;
  let hasEmptyMultipart = false;
  const events: TreeEvents = {
    onRootHeader: (bytes) => (headerBytes = bytes),
    onEmptyMultipart: () => (hasEmptyMultipart = true),
  };
  const room = { plain: limits.textBytes, html: limits.textBytes };
  const texts: Reading['texts'] = [];
  const files: Reading['files'] = [];

  const readPart = async (part: MessagePart): Promise<void> => {
    const kind = textKindOf(part, texts.length === 0 && files.length === 0);
    if (!kind) {
      files.push({ part, attachment: await readFile(part, files.length + 1, limits) });
      return;
    }
    const text = await collectText(part, kind, room[kind]);
    room[kind] -= Buffer.byteLength(text.text);
    texts.push(text);
  };

  return {
    read: async (source) => {
      for await (const part of messageParts(source, events)) await readPart(part);
    },
    headerBytes: () => headerBytes,
    isBroken: () => hasEmptyMultipart && texts.length === 0,
    texts,
    files,
  };
};

const readFile = async (
  part: MessagePart,
  number: number,
  limits: MessageLimits
): Promise<ParsedAttachment> => {
  const fileName = fileNameOf(part.fileName, part.contentType, number);
  return {
    fileName,
    contentType:
      part.contentType === 'application/octet-stream' ? libmime.detectMimeType(fileName) : part.contentType,
    contentId: part.contentId,
    disposition: 'attachment',
    ...(await keepAttachment(part.content, limits)),
  };
};

const assemble = (
  { headerBytes, texts, files }: Reading,
  rawText: string,
  limits: MessageLimits
): ParsedMessage => {
  const { text, html } = assembleText(texts);
  const referenced = referencedContentIds(html);
  return {
    headers: parseHeaders(headerBytes() ?? new Uint8Array()),
    text: cutText(text || rawText, limits.textBytes),
    html: sanitizeHtml(cutText(html, limits.textBytes)),
    attachments: files.map(({ part, attachment }) => ({
      ...attachment,
      disposition: dispositionIn(html, referenced, part),
    })),
    parsedAs: 'mime',
  };
};
