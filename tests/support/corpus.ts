import { readdirSync } from 'node:fs';
import path from 'node:path';
import { messageParts } from '../../src/plugins/email-connect/server/src/adapters/mime/message-parts';
import { bytesOf } from '../../src/plugins/email-connect/server/src/adapters/mime/test-support';

/** Everything in the corpus that is a message: not the expectations beside them, not the quoted text snippets. */
export const messagesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return messagesIn(file);
    return /\.(?:json|html|txt|md|gitattributes)$|^COPYING$/.test(entry.name) ? [] : [file];
  });

/** Whether these bytes are what their charset label says, by a decoder that is not ours; null when it knows no such label. */
export const isValidIn = (charset: string, bytes: Buffer): boolean | null => {
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    try {
      decoder.decode(bytes);
      return true;
    } catch {
      return false;
    }
  } catch {
    return null;
  }
};

/** Whether every text of a message names a charset and keeps it: then nothing of it may be lost (S23). */
export const keepsItsCharsets = async (source: Buffer): Promise<boolean> => {
  let texts = 0;
  try {
    for await (const part of messageParts(asBuffers(source), ignored)) {
      if (!part.contentType.startsWith('text/')) continue;
      const bytes = await bytesOf(part.content);
      if (part.charset === '' || !isValidIn(part.charset, bytes)) return false;
      if (new TextDecoder(part.charset).decode(bytes).includes('\ufffd')) return false;
      texts += 1;
    }
  } catch {
    // A tree that cannot be read promises nothing.
    return false;
  }
  return texts > 0;
};

const ignored = { onRootHeader: () => undefined, onMissedText: () => undefined };

export async function* asBuffers(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
