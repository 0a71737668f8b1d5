import { Splitter } from '@zone-eu/mailsplit';
import type { MimeNode } from '@zone-eu/mailsplit';
import { createChunkReader } from './chunk-reader';
import type { ChunkReader } from './chunk-reader';
import { decodePart } from './decode-part';
import { onePiece } from './one-piece';

const MOST_NODES = 1000;
const LARGEST_HEAD = 1024 * 1024;
/** In a header block, a line that is neither a field nor a continuation of one. */
const STRAY_LINE = /^(?![ \t\r\n]|[!-9;-~]+[ \t]*:)[^\n]/m;
const SMIME_TYPE = /;\s*smime-type\s*=\s*"?([\w-]+)/i;

/** A leaf of the MIME tree (RFC 2046), with its content not read yet. */
export interface MessagePart {
  /** Lower case; `text/plain` when the message names no type, or an invalid one (RFC 2045 5.2). */
  contentType: string;
  /** As written; '' when missing. */
  charset: string;
  /** RFC 3676. */
  flowed: boolean;
  delSp: boolean;
  disposition: 'attachment' | 'inline' | '';
  fileName: string | false;
  /** Without angle brackets. */
  contentId: string;
  /** RFC 8551 3.2.2, lower case; '' when missing. */
  smimeType: string;
  isRoot: boolean;
  /**
   * The nodes above it, nearest first: the same object for the same node. `multipart` is the subtype, such as
   * `alternative`.
   */
  ancestors: readonly { readonly multipart: string | false }[];
  /** Its bytes, transfer encoding undone. Unread bytes are skipped before the next part. */
  content: AsyncGenerator<Buffer>;
}

export interface TreeEvents {
  /** The header block of the message itself, byte by byte as it was sent. */
  onRootHeader(headerBytes: Uint8Array): void;
  /** Text may be in no part: a boundary never came, or the empty line before a part's content is missing. */
  onMissedText(): void;
}

/**
 * The leaves of a message in their order, read no faster than they are consumed: only the current piece of a part is
 * in memory. Nested messages are leaves (they stay files, and their ids are not ours). Throws beyond 1,000 nodes or a
 * header block of 1 MB.
 *
 * Uses the splitter that MailParser uses: MailParser collects a text part in memory whatever its size and decodes it
 * before an undeclared charset can be guessed.
 */
export async function* messageParts(
  source: AsyncIterable<Buffer>,
  events: TreeEvents
): AsyncGenerator<MessagePart> {
  const splitter = new Splitter({
    ignoreEmbedded: true,
    maxChildNodes: MOST_NODES,
    maxHeadSize: LARGEST_HEAD,
  });
  void feed(splitter, source);
  const reader = createChunkReader(splitter);
  const childless = new Set<object>();
  try {
    for (let chunk = await reader.next(); chunk; chunk = await reader.next()) {
      if (chunk.type !== 'node') continue;
      if (chunk.root) events.onRootHeader(chunk.getHeaders());
      else if (STRAY_LINE.test(chunk.getHeaders().toString('latin1'))) events.onMissedText();
      if (chunk.parentNode) childless.delete(chunk.parentNode);
      if (chunk.multipart) {
        childless.add(chunk);
        continue;
      }
      yield describePart(chunk, reader);
      while ((await reader.peek())?.type === 'body') await reader.next();
    }
    if (childless.size > 0) events.onMissedText();
  } finally {
    splitter.destroy();
  }
}

const NO_EVENTS: TreeEvents = { onRootHeader: () => undefined, onMissedText: () => undefined };

/** The same for a message in memory, for callers that need its leaves only. */
export const partsOf = (bytes: Buffer): AsyncGenerator<MessagePart> =>
  messageParts(onePiece(bytes), NO_EVENTS);

/** Writes no faster than the reader reads. A failure of the source destroys the splitter, and so reaches the reader. */
const feed = async (splitter: Splitter, source: AsyncIterable<Buffer>): Promise<void> => {
  try {
    for await (const piece of source) {
      if (splitter.destroyed) return;
      if (!splitter.write(piece)) await untilDrained(splitter);
    }
    splitter.end();
  } catch (error) {
    splitter.destroy(error instanceof Error ? error : new Error(String(error)));
  }
};

const untilDrained = (splitter: NodeJS.WritableStream): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      splitter.off('drain', done);
      splitter.off('close', done);
      resolve();
    };
    splitter.on('drain', done);
    splitter.on('close', done);
  });

const describePart = (node: MimeNode, reader: ChunkReader): MessagePart => ({
  contentType: contentTypeOf(node),
  charset: node.charset || '',
  flowed: node.flowed,
  delSp: node.delSp,
  disposition: dispositionOf(node),
  fileName: node.filename,
  contentId: headerOf(node, 'Content-ID').replace(/^<|>$/g, '').trim(),
  smimeType: SMIME_TYPE.exec(headerOf(node, 'Content-Type'))?.[1]?.toLowerCase() ?? '',
  isRoot: node.root,
  ancestors: ancestorsOf(node),
  content: decodePart(node, contentTypeOf(node).startsWith('text/'), reader),
});

const contentTypeOf = ({ contentType }: MimeNode): string => {
  if (!contentType || !contentType.includes('/')) return 'text/plain';
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(contentType) ? contentType : 'application/octet-stream';
};

/** RFC 2183 2.8: an unknown disposition is an attachment. */
const dispositionOf = ({ disposition }: MimeNode): MessagePart['disposition'] => {
  if (!disposition) return '';
  return disposition === 'inline' ? 'inline' : 'attachment';
};

/** Without control characters: PostgreSQL refuses a NUL, and none of them has a meaning here. */
const headerOf = (node: MimeNode, name: string): string =>
  (node.headers ? node.headers.getFirst(name) : '').replace(/[\u0000-\u001f\u007f]/g, '').trim();

const ancestorsOf = (node: MimeNode): MessagePart['ancestors'] => {
  const ancestors: MessagePart['ancestors'][number][] = [];
  for (let parent = node.parentNode; parent; parent = parent.parentNode) ancestors.push(parent);
  return ancestors;
};
