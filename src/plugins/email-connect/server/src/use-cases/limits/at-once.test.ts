import { AtOnce } from './at-once';

const hangs = () => {
  let end: () => void = () => undefined;
  const work = () => new Promise<void>((resolve) => (end = resolve));
  return { work, end: () => end() };
};

describe('S47: tests of connections', () => {
  test('of one person are two at once, and others still test', async () => {
    const atOnce = new AtOnce();
    const first = hangs();
    const running = [atOnce.run('vic', first.work), atOnce.run('vic', hangs().work)];
    await expect(atOnce.run('vic', hangs().work)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    expect(await atOnce.run('uma', async () => 'passed')).toBe('passed');
    first.end();
    await running[0];
    expect(await atOnce.run('vic', async () => 'passed')).toBe('passed');
  });

  test('that fail make room', async () => {
    const atOnce = new AtOnce();
    const fail = () => Promise.reject(new Error('refused'));
    for (let time = 0; time < 5; time += 1) await expect(atOnce.run('vic', fail)).rejects.toThrow('refused');
    expect(await atOnce.run('vic', async () => 'passed')).toBe('passed');
  });

  test('of all are ten at once', async () => {
    const atOnce = new AtOnce();
    for (let person = 0; person < 10; person += 1) void atOnce.run(`${person}`, hangs().work);
    await expect(atOnce.run('uma', hangs().work)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});
