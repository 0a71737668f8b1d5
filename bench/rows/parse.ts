import { readFileSync } from 'node:fs';
import { simpleParser } from 'mailparser';
import { messagesIn } from '../../tests/support/corpus';
import { addressOf } from '../../tests/support/services';
import { parseMessage } from '../../src/plugins/email-connect/server/src/adapters/mime/parse-message';
import {
  inPieces,
  memoryStorage,
} from '../../src/plugins/email-connect/server/src/adapters/mime/test-support';
import { median, printRows, seconds, timed } from '../report';

const ROUNDS = 3;
const PIECE = 16_384;
const LIMITS = { attachmentBytes: 25_000_000, textBytes: 2_000_000 };

interface Parsed {
  text: string;
  attachments: number;
}

const byUs = async (source: Buffer): Promise<Parsed> => {
  const { text, attachments } = await parseMessage(inPieces(source, PIECE), memoryStorage(LIMITS));
  return { text, attachments: attachments.length };
};

/** With everything that our parser does too: text from HTML, files, delivery reports as parts. */
const byMailParser = async (source: Buffer): Promise<Parsed> => {
  const { text, attachments } = await simpleParser(source, {
    keepDeliveryStatus: true,
    skipImageLinks: true,
  });
  return { text: text ?? '', attachments: attachments.length };
};

const hasWords = ({ text }: Parsed): boolean => /\p{L}/u.test(text);
const isGarbled = ({ text }: Parsed): boolean => text.includes('\ufffd');

const main = async (): Promise<void> => {
  const sources = messagesIn(addressOf('corpus')).map((file) => readFileSync(file));
  const ways = { ours: byUs, theirs: byMailParser };
  const counts = { ours: [0, 0, 0], theirs: [0, 0, 0] };
  for (const [name, parse] of Object.entries(ways) as ['ours' | 'theirs', typeof byUs][]) {
    for (const source of sources) {
      const parsed = await parse(source).catch((): Parsed => ({ text: '', attachments: 0 }));
      const seen = [Number(hasWords(parsed)), Number(isGarbled(parsed)), parsed.attachments];
      counts[name] = counts[name].map((count, i) => count + (seen[i] ?? 0));
    }
  }
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, parse] of Object.entries(ways) as ['ours' | 'theirs', typeof byUs][]) {
      times[name].push(
        await timed(async () => {
          for (const source of sources) await parse(source).catch(() => undefined);
        })
      );
    }
  }
  const ratio = median(times.theirs.map((ms, i) => ms / (times.ours[i] ?? NaN)));
  const of = ([words, garbled, files]: number[]) =>
    `${words} with words, ${garbled} with a replacement character, ${files} files`;
  printRows([
    {
      work: `parsing ${sources.length} messages of the corpora`,
      ours: `${seconds(median(times.ours))}; ${of(counts.ours)}`,
      against: `mailparser: ${seconds(median(times.theirs))}; ${of(counts.theirs)}`,
      ratio: `${ratio.toFixed(2)}x as fast`,
      reach: 'at least 0.8x, and no text that it finds is missed',
      reached: ratio >= 0.8 && (counts.ours[0] ?? 0) >= (counts.theirs[0] ?? 0),
    },
  ]);
};

void main();
