import type { Core } from '@strapi/strapi';
import { settleMail } from './settle-mail';

type Context = Parameters<ReturnType<typeof settleMail>>[0];

const person = 'api::person.person';

/** A Strapi whose transactions are those that are named, and a record of what is done. */
const scene = (leaves: object | null = {}) => {
  const done: string[] = [];
  const transactions: object[] = [];
  const leaving = {
    foresee: async () => leaves,
    hold: async () => void done.push('held'),
    take: async () => {
      done.push('begun');
      await new Promise((resolve) => setImmediate(resolve));
      done.push('ended');
    },
  };
  const strapi = {
    config: { get: () => ({ contactTypes: [{ uid: person }] }) },
    plugin: () => ({ service: () => leaving }),
    requestContext: { get: () => undefined },
    db: { transaction: (work: (given: object) => unknown) => work({ trx: transactions.shift() ?? {} }) },
  } as unknown as Core.Strapi;
  const remove = (action = 'delete', uid = person) => {
    const context = { action, uid, params: { documentId: 'Cleo' } } as unknown as Context;
    const next = async () => void done.push('deleted');
    return settleMail(strapi)(context, next as never);
  };
  return { done, transactions, remove };
};

test('S45: its conversations are locked before the deletion, and the mail is settled after it', async () => {
  const { done, remove } = scene();
  await remove();
  expect(done).toEqual(['held', 'deleted', 'begun', 'ended']);
});

test.each([
  ['another action', 'update', person],
  ['another type', 'delete', 'api::page.page'],
])('S45: nothing is settled at %s', async (_, action, uid) => {
  const { done, remove } = scene();
  await remove(action, uid);
  expect(done).toEqual(['deleted']);
});

test('S45: nor where no mail stands on the record', async () => {
  const { done, remove } = scene(null);
  await remove();
  expect(done).toEqual(['deleted']);
});

test('S45, P2: within one transaction one after another, beside each other in two', async () => {
  const shared = {};
  const inBulk = scene();
  inBulk.transactions.push(shared, shared);
  await Promise.all([inBulk.remove(), inBulk.remove()]);
  const before = ['held', 'held', 'deleted', 'deleted'];
  expect(inBulk.done).toEqual([...before, 'begun', 'ended', 'begun', 'ended']);
  const apart = scene();
  await Promise.all([apart.remove(), apart.remove()]);
  expect(apart.done).toEqual([...before, 'begun', 'begun', 'ended', 'ended']);
});
