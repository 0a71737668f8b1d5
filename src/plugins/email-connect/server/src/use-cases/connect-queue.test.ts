import { ConnectQueue } from './connect-queue';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('a.13: opens ten connections at once and two to one host; the others come in order', async () => {
  const queue = new ConnectQueue();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const open = (host: string) =>
    queue.run(host, () => {
      begun.push(host);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const all = [
    ...Array.from({ length: 4 }, () => open('one.test')),
    ...Array.from({ length: 12 }, (_, i) => open(`h${i}.test`)),
  ];
  await turn();
  expect(begun).toEqual(['one.test', 'one.test', ...Array.from({ length: 8 }, (_, i) => `h${i}.test`)]);
  ends[0]?.();
  await turn();
  expect(begun.at(-1)).toBe('one.test');
  for (let i = 1; i < 16; i += 1) {
    ends[i]?.();
    await turn();
  }
  await Promise.all(all);
  expect(begun).toHaveLength(16);
});

it('one that fails makes room as well', async () => {
  const queue = new ConnectQueue();
  const fail = () => queue.run('one.test', async () => Promise.reject(new Error('refused')));
  await expect(Promise.all([fail(), fail(), fail()])).rejects.toThrow('refused');
  expect(await queue.run('one.test', async () => 'open')).toBe('open');
});
