import { createHash } from 'node:crypto';
import type { Bytes, MessageLimits, StoredFile } from '../../ports';
import { parseMessage } from './parse-message';

/** Lines of a message as bytes, in pieces of `pieceSize`: nothing may depend on where a stream is cut. */
export const messageOf = (
  lines: readonly string[],
  encoding: BufferEncoding = 'utf8',
  pieceSize = 7
): Bytes => inPieces(Buffer.from(lines.join('\r\n'), encoding), pieceSize);

export async function* inPieces(bytes: Uint8Array, pieceSize: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceSize)
    yield bytes.subarray(start, start + pieceSize);
}

export interface MemoryStorage extends MessageLimits {
  /** The saved files, by storage key. */
  files: Map<string, Buffer>;
}

export const memoryStorage = (limits: Partial<MessageLimits> = {}): MemoryStorage => {
  const files = new Map<string, Buffer>();
  const saveAttachment = async (content: Bytes): Promise<StoredFile> => {
    const bytes = await bytesOf(content);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.set(sha256, bytes);
    return { storageKey: sha256, sha256, size: bytes.length };
  };
  return { attachmentBytes: 1_000_000, textBytes: 100_000, saveAttachment, files, ...limits };
};

export const bytesOf = async (content: Bytes): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** Saves nothing, but reads everything: for files too large to hold. */
export const countingStorage = (onPiece: () => void): Omit<MessageLimits, 'textBytes'> => ({
  attachmentBytes: Number.MAX_SAFE_INTEGER,
  saveAttachment: async (content) => {
    let size = 0;
    for await (const piece of content) {
      size += piece.length;
      onPiece();
    }
    return { storageKey: 'counted', sha256: 'counted', size };
  },
});

export const HEAD = [
  'From: Jane <jane@x.example>',
  'Subject: Hello',
  'Message-ID: <1@x.example>',
  'MIME-Version: 1.0',
];
export const parse = (
  lines: readonly string[],
  limits: MessageLimits = memoryStorage(),
  encoding: BufferEncoding = 'utf8'
) => parseMessage(messageOf(lines, encoding), limits);

export const part = (type: string, body: string, ...fields: string[]) => [
  '--b',
  `Content-Type: ${type}`,
  ...fields,
  '',
  body,
];
export const multipart = (subtype: string, ...parts: string[][]) => [
  ...HEAD,
  `Content-Type: multipart/${subtype}; boundary=b`,
  '',
  ...parts.flat(),
  '--b--',
  '',
];
export const file = (name: string, body: string, type = 'application/pdf') =>
  part(
    type,
    Buffer.from(body).toString('base64'),
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64'
  );
