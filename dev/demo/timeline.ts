import type { WholeThread } from './crm';

/** A contact's conversation as lines of text, oldest first. */
export const printTimeline = (contactName: string, thread: WholeThread): void => {
  const lines = thread.messages.flatMap(({ direction, from, receivedAt, text, attachments }) => [
    `  ${direction === 'incoming' ? '<-' : '->'} ${receivedAt.slice(11, 19)}  ${from.displayName || from.address}`,
    `       ${text.split('\n').find((line) => line.length > 20) ?? text.trim()}`,
    ...attachments.map(({ fileName, size }) => `       [${fileName}, ${size} bytes]`),
  ]);
  process.stdout.write(`\n${contactName}: ${thread.subject}\n${lines.join('\n')}\n\n`);
};
