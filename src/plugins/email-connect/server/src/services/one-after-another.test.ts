import { createTurns } from './one-after-another';

describe('turns', () => {
  test('of one thing come one after the other, also behind one that failed; another thing waits for nobody', async () => {
    const inTurn = createTurns();
    const done: string[] = [];
    const work =
      (name: string, fails = false) =>
      async () => {
        done.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        done.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const first = inTurn('I', work('first', true));
    const second = inTurn('I', work('second'));
    const other = inTurn('J', work('other'));
    await expect(first).rejects.toThrow('first');
    await expect(Promise.all([second, other])).resolves.toEqual(['second', 'other']);
    expect(done.filter((entry) => !entry.startsWith('other'))).toEqual([
      'first begins',
      'first ends',
      'second begins',
      'second ends',
    ]);
    expect(done.indexOf('other begins')).toBeLessThan(done.indexOf('second begins'));
  });
});
