import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { addressOf, describeWith } from '../support/services';
import { decodeText } from '../../src/plugins/email-connect/server/src/adapters/mime/decode-text';
import { messageParts } from '../../src/plugins/email-connect/server/src/adapters/mime/message-parts';
import { parseMessage } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-message';
import {
  bytesOf,
  inPieces,
  memoryStorage,
} from '../../src/plugins/email-connect/server/src/adapters/mime/test-support';

const LIMITS = { attachmentBytes: 25_000_000, textBytes: 2_000_000 };
const SLOWEST_FILES = 3;

/** Everything in the corpus that is a message: not the expectations beside them, not the quoted text snippets. */
const messagesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return messagesIn(file);
    return /\.(?:json|html|txt|md|gitattributes)$|^COPYING$/.test(entry.name) ? [] : [file];
  });

/** Whether these bytes are what their charset label says, by a decoder that is not ours; null when it knows no such label. */
const isValidIn = (charset: string, bytes: Buffer): boolean | null => {
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

describeWith('corpus', 'real mail', () => {
  const files = messagesIn(path.join(addressOf('corpus')));
  const nameOf = (file: string) => path.relative(addressOf('corpus'), file);

  it('S23: all of it parses, and none loses a text that another parser finds', async () => {
    const times: { file: string; ms: number }[] = [];
    const withoutText: string[] = [];
    for (const file of files) {
      const source = readFileSync(file);
      const startedAt = performance.now();
      const message = await parseMessage(inPieces(source, 16_384), memoryStorage(LIMITS));
      times.push({ file: nameOf(file), ms: performance.now() - startedAt });
      expect([message.text, message.html, message.headers.subject].join().includes('\0')).toBe(false);
      expect(message.html).not.toMatch(/<script|\son\w+=|javascript:/i);
      if (message.text.trim() !== '') continue;
      const other = await simpleParser(source, {
        keepDeliveryStatus: true,
        skipTextToHtml: true,
        skipImageLinks: true,
        ignoreEmbedded: true,
      });
      if (other.text?.trim()) withoutText.push(nameOf(file));
    }
    times.sort((a, b) => b.ms - a.ms);
    const p99 = times[Math.floor(files.length / 100)];
    console.info(
      `${files.length} messages, p99 ${p99?.ms.toFixed(1)} ms, slowest:`,
      times.slice(0, SLOWEST_FILES).map(({ file, ms }) => `${file} ${ms.toFixed(1)} ms`)
    );
    expect(files.length).toBeGreaterThan(400);
    expect(withoutText).toEqual([]);
  }, 120_000);

  it('S23: no text that is valid in its declared charset shows a replacement character', async () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const file of files) {
      const events = { onRootHeader: () => undefined, onEmptyMultipart: () => undefined };
      try {
        for await (const part of messageParts(asBuffers(readFileSync(file)), events)) {
          if (!part.contentType.startsWith('text/') || part.charset === '') continue;
          const bytes = await bytesOf(part.content);
          if (!isValidIn(part.charset, bytes)) continue;
          checked += 1;
          const sentAsSuch = new TextDecoder(part.charset).decode(bytes).includes('\ufffd');
          if (!sentAsSuch && (await decodeText(bytes, part.charset)).includes('\ufffd'))
            wrong.push(`${nameOf(file)} (${part.charset})`);
        }
      } catch {
        // A tree that cannot be read is the other test's business.
      }
    }
    console.info(`${checked} text parts with a charset that they keep`);
    expect(checked).toBeGreaterThan(200);
    expect(wrong).toEqual([]);
  }, 120_000);
});

async function* asBuffers(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
