import { readFileSync } from 'node:fs';
import path from 'node:path';
import { simpleParser } from 'mailparser';
import { asBuffers, isValidIn, messagesIn } from '../support/corpus';
import { addressOf, describeWith } from '../support/services';
import { assembleText } from '../../src/plugins/email-connect/server/src/adapters/mime/assemble-text';
import { decodeText } from '../../src/plugins/email-connect/server/src/adapters/mime/decode-text';
import { messageParts } from '../../src/plugins/email-connect/server/src/adapters/mime/message-parts';
import { parseMessage } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-message';
import { salvageText } from '../../src/plugins/email-connect/server/src/adapters/mime/salvage-text';
import {
  bytesOf,
  inPieces,
  memoryStorage,
} from '../../src/plugins/email-connect/server/src/adapters/mime/test-support';

const LIMITS = { attachmentBytes: 25_000_000, textBytes: 2_000_000 };
const SLOWEST_FILES = 3;

/** By another parser: text that it shows, or HTML with words in it. */
const saysSomething = async (source: Buffer): Promise<boolean> => {
  const { text, html } = await simpleParser(source, {
    keepDeliveryStatus: true,
    skipTextToHtml: true,
    skipHtmlToText: true,
    skipImageLinks: true,
    ignoreEmbedded: true,
  });
  const words = (html || '').replace(/<(style|script|title)\b[\s\S]*?<\/\1>|<[^>]*>|&\w+;/gi, '');
  return (text ?? '').trim() !== '' || words.trim() !== '';
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

  it('S23: wherever a text part says something, the text does', async () => {
    const silent: string[] = [];
    const counts = { withText: 0, raw: 0 };
    const marks: Record<string, number> = {};
    for (const file of files) {
      const source = readFileSync(file);
      const message = await parseMessage(inPieces(source, 16_384), memoryStorage(LIMITS));
      for (const mark of message.marks) marks[mark] = (marks[mark] ?? 0) + 1;
      if (message.parsedAs === 'raw') counts.raw += 1;
      if (message.text.trim() !== '') counts.withText += 1;
      else if (await saysSomething(source)) silent.push(nameOf(file));
    }
    console.info(
      `${counts.withText} of ${files.length} messages have text, ${counts.raw} kept raw, marks:`,
      marks
    );
    expect(silent).toEqual([]);
  }, 120_000);

  it('c54: what is found in the bytes alone is what the parser finds', async () => {
    const different: string[] = [];
    for (const file of files) {
      const source = readFileSync(file);
      const { text } = await parseMessage(inPieces(source, 16_384), memoryStorage(LIMITS));
      const salvaged = assembleText(await salvageText(asBuffers(source), memoryStorage(LIMITS)));
      if (text.trim() !== salvaged.text.trim()) different.push(nameOf(file));
    }
    // Two messages in one file, a boundary that is the start of another, and bytes made by a fuzzer.
    expect(different.map((name) => path.basename(name))).toEqual(['rhost-cox-01.eml', '001.eml', '019.eml']);
  }, 120_000);

  it('S23: no text that is valid in its declared charset shows a replacement character', async () => {
    const wrong: string[] = [];
    let checked = 0;
    for (const file of files) {
      const events = { onRootHeader: () => undefined, onMissedText: () => undefined };
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
