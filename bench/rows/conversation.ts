import type { z } from 'zod';
import { message, messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { thread } from '../../src/plugins/email-connect/shared/contracts/thread';
import { fillThread } from '../../tests/support/fill-thread';
import { cleo, startMailScene } from '../../tests/support/mail-scene';
import type { MailScene } from '../../tests/support/mail-scene';
import { median, printRows, timed } from '../report';

const MESSAGES = 1_000;
const ROUNDS = 20;
const OPEN_LIMIT_MS = 1_500;
const MESSAGE_LIMIT_MS = 50;

/** 20 KB. */
const textOf = (number: number): string =>
  `Mail ${number}.\n`.padEnd(20_000, 'Here is what we think of it.\n');

/** An answer of the panel's own HTTP, and its bytes are added to `counted`. */
const read = async <T>(
  { admin }: MailScene,
  counted: { bytes: number },
  schema: z.ZodType<T>,
  path: string
): Promise<T> => {
  const answer = await admin.call('GET', `/email-connect${path}`);
  const text = await answer.text();
  counted.bytes += Buffer.byteLength(text);
  return schema.parse(JSON.parse(text));
};

const main = async (): Promise<void> => {
  const mail = await startMailScene();
  try {
    const { threadDocumentId } = await mail.send('A long conversation');
    const from = { address: cleo.address, name: 'Cleo' };
    fillThread(mail.scene, threadDocumentId, { count: MESSAGES - 1, from, textOf });
    const path = `/threads/${threadDocumentId}`;
    const counted = { bytes: 0 };
    const opens: number[] = [];
    const others: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      counted.bytes = 0;
      let older: string[] = [];
      // Like the page: the thread and its newest page at once, then the newest mail.
      const openMs = await timed(async () => {
        const [, { messages }] = await Promise.all([
          read(mail, counted, thread, path),
          read(mail, counted, messagePage, `${path}/messages`),
        ]);
        const documentIds = messages.map(({ documentId }) => documentId);
        await read(mail, counted, message, `/messages/${documentIds.at(-1)}`);
        older = documentIds.slice(0, -1);
      });
      opens.push(openMs);
      others.push(
        await timed(async () => {
          await read(mail, { bytes: 0 }, message, `/messages/${older[round % older.length]}`);
        })
      );
    }
    const openMs = median(opens);
    const otherMs = median(others);
    printRows([
      {
        work: `open a conversation of ${MESSAGES.toLocaleString('en')} messages of 20 KB: what it is, its newest page, its newest message (${Math.round(counted.bytes / 1000)} KB)`,
        ours: `${Math.round(openMs)} ms`,
        against: `${OPEN_LIMIT_MS} ms`,
        ratio: (openMs / OPEN_LIMIT_MS).toFixed(2),
        reach: 'less',
        reached: openMs < OPEN_LIMIT_MS,
      },
      {
        work: 'open one more of its messages',
        ours: `${Math.round(otherMs)} ms`,
        against: `${MESSAGE_LIMIT_MS} ms`,
        ratio: (otherMs / MESSAGE_LIMIT_MS).toFixed(2),
        reach: 'less',
        reached: otherMs < MESSAGE_LIMIT_MS,
      },
    ]);
  } finally {
    await mail.end();
  }
};

void main();
