import { EmailConnectError } from '../../domain/errors';
import { never } from '../../testing/fakes/never';
import { ConnectQueue } from './connect-queue';

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('a.13: opens ten connections at once and two to one host; the others come in order', async () => {
  const queue = new ConnectQueue();
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const open = (host: string) =>
    queue.run(host, new AbortController().signal, () => {
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
  const fail = () => queue.run('one.test', never, async () => Promise.reject(new Error('refused')));
  await expect(Promise.all([fail(), fail(), fail()])).rejects.toThrow('refused');
  expect(await queue.run('one.test', never, async () => 'open')).toBe('open');
});

test('S47: one that hangs makes room, and keeps nobody waiting, when its caller gives up', async () => {
  const queue = new ConnectQueue();
  const callers = [1, 2, 3, 4].map(() => new AbortController());
  const [first, second, third, fourth] = callers;
  const begun: number[] = [];
  const all = callers.map(({ signal }, i) =>
    queue.run('one.test', signal, () => {
      begun.push(i);
      return new Promise<void>(() => undefined);
    })
  );
  const ends = Promise.allSettled(all);
  await turn();
  // While it waits for its turn, too.
  third?.abort();
  first?.abort();
  await turn();
  expect(begun).toEqual([0, 1, 3]);
  second?.abort();
  fourth?.abort();
  const codes = (await ends).map((end) => (end.status === 'rejected' ? end.reason.code : 'opened'));
  expect(codes).toEqual(Array(4).fill('CONNECTION_LOST'));
  expect(queue.hosts).toBe(0);
});

it('begins nothing for a caller who gave up before', async () => {
  const given = new EmailConnectError('CONNECTION_TIMED_OUT', 'Too long.', 'Wait.');
  const work = jest.fn();
  const running = new ConnectQueue().run('one.test', AbortSignal.abort(given), work);
  await expect(running).rejects.toBe(given);
  expect(work).not.toHaveBeenCalled();
});
