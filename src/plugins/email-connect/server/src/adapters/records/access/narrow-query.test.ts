import { narrowQuery } from './narrow-query';
import type { Narrowing } from './narrow-query';

const targets: Record<string, Record<string, string>> = {
  deal: { mails: 'mail', owner: 'user', parts: 'part' },
  part: { mail: 'mail' },
  mail: { thread: 'thread' },
  thread: { mails: 'mail' },
};
const by: Narrowing = {
  targetOf: (uid, name) => targets[uid]?.[name],
  relationsOf: (uid) => Object.keys(targets[uid] ?? {}),
  conditionOn: (uid) => ({ mail: { open: 1 }, thread: { shown: 1 } })[uid] ?? null,
};

describe('S33, S42: queries of others', () => {
  it('find what may be shown alone', () => {
    expect(narrowQuery(by, 'mail', {})).toEqual({ where: { $and: [{ open: 1 }] } });
    expect(narrowQuery(by, 'mail', { where: { id: 3 }, limit: 5 })).toEqual({
      where: { $and: [{ id: 3 }, { open: 1 }] },
      limit: 5,
    });
  });

  const asked = (where: unknown) => narrowQuery(by, 'deal', { where }).where;
  const open = (inner: object) => ({ mails: { $and: [inner, { open: 1 }] } });

  it('ask by nothing else, however deep', () => {
    expect(asked({ $or: [{ mails: { subject: 'x' } }, { mails: 7 }] })).toEqual({
      $and: [{ $or: [{ $and: [open({ subject: 'x' })] }, { $and: [open({ id: 7 })] }] }],
    });
    const shown = { thread: { $and: [{ id: 1 }, { shown: 1 }] } };
    const mail = { mail: { $and: [{ $and: [shown] }, { open: 1 }] } };
    expect(asked({ $not: { parts: { mail: { thread: { id: 1 } } } } })).toEqual({
      $and: [{ $not: { $and: [{ parts: { $and: [mail] } }] } }],
    });
  });

  it('lose nothing that stands beside a relation: the engine keeps one `$and` of two', () => {
    const where = { $and: [{ owner: 'me' }], mails: { subject: 'a' }, name: 'b' };
    expect(asked(where)).toEqual({
      $and: [{ $and: [{ $and: [{ $and: [{ owner: 'me' }] }], name: 'b' }, open({ subject: 'a' })] }],
    });
  });

  it('compare the id where an operator stands at the relation, and find what has none', () => {
    expect(asked({ mails: { $in: [1, 2] } })).toEqual({ $and: [{ $and: [open({ id: { $in: [1, 2] } })] }] });
    expect(asked({ mails: [1, 2] })).toEqual({ $and: [{ $and: [open({ id: [1, 2] })] }] });
    const not = { $not: { $in: [1, 2] } };
    expect(asked({ mails: not })).toEqual({ $and: [{ $and: [open({ id: not })] }] });
    for (const none of [null, { $null: true }, { $eq: null }, { $notNull: false }])
      expect(asked({ mails: none })).toEqual({ $and: [{ $and: [{ mails: none }] }] });
  });

  it.each([
    ['all relations', true],
    ['a list', ['mails', 'owner', 'parts']],
    ['a tree', { mails: true, owner: true, parts: true }],
  ])('bring nothing else along: %s', (_how, populate) => {
    expect(narrowQuery(by, 'deal', { populate }).populate).toMatchObject({
      mails: { where: { $and: [{ open: 1 }] } },
    });
  });

  it('bring nothing else along by a path, or through a dynamic zone', () => {
    const open = { where: { $and: [{ open: 1 }] } };
    expect(narrowQuery(by, 'deal', { populate: ['parts.mail', 'parts'] }).populate).toEqual({
      parts: { populate: { mail: open } },
    });
    expect(narrowQuery(by, 'deal', { populate: { zone: true } }).populate).toEqual({ zone: true });
    const zone = (mail: unknown) => ({ zone: { on: { part: { populate: { mail } } } } });
    expect(narrowQuery(by, 'deal', { populate: zone(true) }).populate).toEqual(zone(open));
  });

  it('are not put in order by what is behind a relation to mail', () => {
    expect(
      narrowQuery(by, 'deal', { orderBy: [{ mails: { subject: 'asc' } }, { name: 'asc' }] }).orderBy
    ).toEqual([{}, { name: 'asc' }]);
  });

  it('keep values that are no parameters, such as dates', () => {
    const at = new Date(0);
    expect(narrowQuery(by, 'deal', { where: { at: { $gt: at } } }).where).toEqual({
      $and: [{ at: { $gt: at } }],
    });
  });
});
