import { Turns } from './turns';

describe('turns on a connection', () => {
  test('are taken one at a time, in the order asked for', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const work = (name: string) =>
      turns.during(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
      });
    await Promise.all([work('a'), work('b'), work('c')]);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('go on after one that failed', async () => {
    const turns = new Turns();
    await expect(turns.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turns.during(async () => 'yes')).toBe('yes');
  });

  test('cannot be ended twice: the next holder keeps its own', async () => {
    const turns = new Turns();
    const releaseFirst = await turns.take();
    const second = turns.take();
    releaseFirst();
    const releaseSecond = await second;
    releaseFirst();
    expect(turns.isTaken).toBe(true);
    releaseSecond();
    expect(turns.isTaken).toBe(false);
  });

  test('cannot be pushed into between one holder and the next', async () => {
    const turns = new Turns();
    const release = await turns.take();
    const order: string[] = [];
    const waiting = turns.during(async () => order.push('waited'));
    expect(turns.isWanted).toBe(true);
    release();
    const late = turns.during(async () => order.push('came late'));
    await Promise.all([waiting, late]);
    expect(order).toEqual(['waited', 'came late']);
  });
});
