import libmime from 'libmime';
import type { EmbeddedMessage, MessageMark, ParsedAttachment } from '../../domain/message/message';
import type { MessageLimits } from '../../ports';
import { collectText, textKindOf } from './collect-text';
import type { CollectedText } from './collect-text';
import { EMBEDDED_BYTES, isEmbeddedMessage, MOST_EMBEDDED } from './embedded-message';
import { embeddedText } from './embedded-text';
import { fileNameOf } from './file-name';
import { keepAttachment } from './keep-attachment';
import { MARKING_BYTES, marksOfAncestors, marksOfFile } from './marks';
import { messageParts } from './message-parts';
import type { MessagePart, TreeEvents } from './message-parts';
import { onePiece } from './one-piece';
import { parseHeaders } from './parse-headers';
import { rememberStart } from './remember-start';
import { uuencodedFiles } from './uuencoded-files';
import type { UuencodedFile } from './uuencoded-files';

/** What was read of a message, up to the place where it broke off if it did. */
export interface Reading {
  /** Rejects when the rest of the tree cannot be read. */
  read(source: AsyncIterable<Buffer>): Promise<void>;
  headerBytes(): Uint8Array | null;
  /** No text was found, but the bytes may hold some. */
  isTextMissed(): boolean;
  readonly texts: CollectedText[];
  readonly files: { part: MessagePart; attachment: ParsedAttachment }[];
  /** Marks of the parts, not of the text. */
  readonly marks: MessageMark[];
  readonly embedded: EmbeddedMessage[];
}

export const createReading = (limits: MessageLimits): Reading => {
  let headerBytes: Uint8Array | null = null;
  let hasMissed = false;
  const events: TreeEvents = {
    onRootHeader: (bytes) => (headerBytes = bytes),
    onMissedText: () => (hasMissed = true),
  };
  const room = { plain: limits.textBytes, html: limits.textBytes };
  const texts: Reading['texts'] = [];
  const files: Reading['files'] = [];
  const marks: Reading['marks'] = [];
  const embedded: Reading['embedded'] = [];

  const readPart = async (part: MessagePart): Promise<void> => {
    marks.push(...marksOfAncestors(part));
    const kind = textKindOf(part, texts.length === 0 && files.length === 0);
    if (!kind) return readFile(part);
    const text = await collectText(part, kind, room[kind]);
    room[kind] -= Buffer.byteLength(text.text);
    texts.push(text);
    if (kind === 'plain') for (const file of uuencodedFiles(text.text)) await keepUuencoded(part, file);
  };

  const keepUuencoded = async (
    part: MessagePart,
    { fileName: written, bytes }: UuencodedFile
  ): Promise<void> => {
    const contentType = libmime.detectMimeType(written);
    const fileName = fileNameOf(written, contentType, files.length + 1);
    const kept = await keepAttachment(onePiece(bytes), limits);
    files.push({
      part,
      attachment: { fileName, contentType, contentId: '', disposition: 'attachment', ...kept },
    });
  };

  const readFile = async (part: MessagePart): Promise<void> => {
    const isEmbedded = isEmbeddedMessage(part.contentType) && embedded.length < MOST_EMBEDDED;
    const { content, start } = rememberStart(part.content, isEmbedded ? EMBEDDED_BYTES : MARKING_BYTES);
    const named = nameFile(part, files.length + 1);
    const kept = await keepAttachment(content, limits);
    files.push({
      part,
      attachment: { ...named, contentId: part.contentId, disposition: 'attachment', ...kept },
    });
    marks.push(...marksOfFile(part, named, start()));
    if (!isEmbedded) return;
    embedded.push({ ...parseHeaders(start()), text: await embeddedText(start(), limits.textBytes) });
  };

  return {
    read: async (source) => {
      for await (const part of messageParts(source, events)) await readPart(part);
    },
    headerBytes: () => headerBytes,
    isTextMissed: () => hasMissed && texts.every(({ text }) => text.trim() === ''),
    texts,
    files,
    marks,
    embedded,
  };
};

const nameFile = (part: MessagePart, number: number): { fileName: string; contentType: string } => {
  const isArmoured =
    part.contentType === 'application/octet-stream' && part.ancestors[0]?.multipart === 'encrypted';
  const fileName = fileNameOf(part.fileName || (isArmoured && 'encrypted.asc'), part.contentType, number);
  const contentType =
    part.contentType === 'application/octet-stream' ? libmime.detectMimeType(fileName) : part.contentType;
  return { fileName, contentType };
};
