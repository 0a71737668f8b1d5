import { lookAhead } from './look-ahead';

/** Work whose end the test decides, and who has begun. */
const scripted = () => {
  const begun: number[] = [];
  const ends = new Map<number, { resolve: (result: string) => void; reject: (error: Error) => void }>();
  const work = (item: number) =>
    new Promise<string>((resolve, reject) => {
      begun.push(item);
      ends.set(item, { resolve, reject });
    });
  return {
    begun,
    work,
    end: (item: number) => ends.get(item)?.resolve(`done ${item}`),
    fail: (item: number) => ends.get(item)?.reject(new Error(`no ${item}`)),
  };
};

const turn = () => new Promise((resolve) => setImmediate(resolve));

it('begins so many items ahead and no more, and hands them out in order', async () => {
  const { begun, work, end } = scripted();
  const results = lookAhead([1, 2, 3, 4, 5], { atOnce: 3, held: 3 }, work);
  const first = results.next();
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  end(3);
  end(2);
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  end(1);
  expect((await first).value).toEqual([1, 'done 1']);
  expect(begun).toEqual([1, 2, 3, 4]);
  expect((await results.next()).value).toEqual([2, 'done 2']);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  const left = results.return(undefined);
  end(4);
  end(5);
  expect((await left).done).toBe(true);
});

it('begins the next when one has ended, also while its reader is busy', async () => {
  const { begun, work, end } = scripted();
  const results = lookAhead([1, 2, 3, 4, 5], { atOnce: 2, held: 4 }, work);
  const first = results.next();
  await turn();
  expect(begun).toEqual([1, 2]);
  end(2);
  await turn();
  expect(begun).toEqual([1, 2, 3]);
  end(1);
  expect((await first).value).toEqual([1, 'done 1']);
  await turn();
  expect(begun).toEqual([1, 2, 3, 4]);
  end(3);
  end(4);
  await turn();
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  const left = results.return(undefined);
  end(5);
  expect((await left).done).toBe(true);
});

it('holds no more than may be weighed, and one that is too heavy alone', async () => {
  const { begun, work, end } = scripted();
  const weight = { limit: 10, weightOf: (item: number) => item };
  const results = lookAhead([9, 20, 1, 2], { atOnce: 4, held: 4, weight }, work);
  const first = results.next();
  await turn();
  expect(begun).toEqual([9, 20]);
  end(9);
  end(20);
  expect((await first).value).toEqual([9, 'done 9']);
  await turn();
  expect(begun).toEqual([9, 20]);
  expect((await results.next()).value).toEqual([20, 'done 20']);
  await turn();
  const third = results.next();
  await turn();
  expect(begun).toEqual([9, 20, 1, 2]);
  end(1);
  end(2);
  expect((await third).value).toEqual([1, 'done 1']);
  expect((await results.next()).value).toEqual([2, 'done 2']);
  expect((await results.next()).done).toBe(true);
});

it('begins one after the other where one at once is allowed', async () => {
  let underWay = 0;
  const work = async (item: number) => {
    underWay += 1;
    expect(underWay).toBe(1);
    await turn();
    underWay -= 1;
    return item;
  };
  const used: number[] = [];
  for await (const [item] of lookAhead([1, 2, 3], { atOnce: 1, held: 2 }, work)) used.push(item);
  expect(used).toEqual([1, 2, 3]);
});

it('fails at the turn of what failed, after what came before it, and waits for what was begun', async () => {
  const { begun, work, end, fail } = scripted();
  const used: number[] = [];
  let over = false;
  const loop = (async () => {
    for await (const [item] of lookAhead([1, 2, 3, 4], { atOnce: 3, held: 4 }, work)) used.push(item);
  })().catch((error: Error) => {
    over = true;
    return error.message;
  });
  fail(2);
  await turn();
  fail(2);
  await turn();
  end(1);
  await turn();
  expect(used).toEqual([1]);
  expect(over).toBe(false);
  for (const item of begun) end(item);
  expect(await loop).toBe('no 2');
  expect(begun).toEqual([1, 2, 3]);
});

it('waits for what was begun when its caller leaves early', async () => {
  const { work, end } = scripted();
  let left = false;
  const loop = (async () => {
    for await (const [item] of lookAhead([1, 2, 3], { atOnce: 2, held: 2 }, work)) if (item === 1) break;
    left = true;
  })();
  await turn();
  end(1);
  await turn();
  expect(left).toBe(false);
  end(2);
  end(3);
  await loop;
  expect(left).toBe(true);
});
