import { readLines } from './read-lines';

const streamOf = (...chunks: Uint8Array[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });

const linesOf = async (...chunks: Uint8Array[]): Promise<string[]> => {
  const lines: string[] = [];
  for await (const line of readLines(streamOf(...chunks))) lines.push(line);
  return lines;
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('readLines', () => {
  it('joins a line that was cut between chunks', async () => {
    expect(await linesOf(bytes('{"a":'), bytes('1}\n{"b"'), bytes(':2}\n'))).toEqual(['{"a":1}', '{"b":2}']);
  });

  it('joins a character that was cut between chunks', async () => {
    const whole = bytes('ä\n');
    expect(await linesOf(whole.slice(0, 1), whole.slice(1))).toEqual(['ä']);
  });

  it('gives the last line though it does not end', async () => {
    expect(await linesOf(bytes('one\ntwo'))).toEqual(['one', 'two']);
  });

  it('leaves blank lines out', async () => {
    expect(await linesOf(bytes('one\n\n  \ntwo\n'))).toEqual(['one', 'two']);
  });

  it('gives a line before the stream has ended', async () => {
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes('one\n')),
    });
    const lines = readLines(stream);
    expect(await lines.next()).toEqual({ done: false, value: 'one' });
    await lines.return(undefined);
  });
});
