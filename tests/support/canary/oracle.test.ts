import { isTold, levelOf, mayAnswer, seenOn, sightOf } from './oracle';
import type { Sight } from './oracle';
import type { AdminName } from './people';
import { randomWorld } from './random-world';
import { person } from './site';
import { messagesOf } from './world';
import type { Level, Mailbox, World, WorldInbox, WorldMessage, WorldRecord } from './world';

const named = (address: string): Mailbox => ({ address, displayName: address });
const inbox = (
  name: string,
  owner: AdminName,
  level: Level = 'full',
  named: AdminName[] = []
): WorldInbox => ({
  id: 1,
  documentId: name,
  address: `${name}@crm.test`,
  owner,
  named,
  level,
  words: [],
});
const record = (name: string, creator: AdminName | null, more: Partial<WorldRecord> = {}): WorldRecord => ({
  contactType: person,
  documentId: name,
  name,
  addresses: [{ address: `${name}@customer.test`, counts: true }],
  versions: [{ id: 1, locale: 'en', isPublished: true }],
  creator,
  ...more,
});

const [model] = messagesOf(randomWorld(1));
const mail = (from: string, to: string[], more: Partial<WorldMessage> = {}): WorldMessage => {
  if (!model) throw new Error('The first world has no mail.');
  const plain = {
    direction: 'incoming',
    inbox: null,
    copies: [],
    trueCopies: [],
    cc: [],
    bcc: [],
    answered: [],
    records: [],
  } as const;
  const lists = { copies: [], trueCopies: [], cc: [], bcc: [], answered: [], records: [], met: [] };
  return { ...model, ...plain, ...lists, from: named(from), to: to.map(named), ...more };
};
const uma = inbox('uma', 'uma');
const cleo = record('cleo', 'seller');
const xeno = record('xeno', 'vic');
const world = (messages: WorldMessage[], more: Partial<World> = {}): World => ({
  number: 1,
  inboxes: [uma],
  records: [cleo, xeno],
  rules: [],
  threads: [{ id: 1, documentId: 't', inbox: uma, chosen: [], questions: [], messages, subject: '' }],
  ...more,
});
const sightsOf = (message: WorldMessage, who: AdminName[], more: Partial<World> = {}): Sight[] =>
  who.map((name) => sightOf(world([message], more), name, message));

describe('the oracle of the canary walk', () => {
  const toCleo = mail('uma@crm.test', ['cleo@customer.test'], { inbox: uma, direction: 'outgoing' });

  test('w40, w41, w45, w46, w48: shows mail on a record to its readers, and to the owner of its inbox', () => {
    expect(sightsOf(toCleo, ['seller', 'lead', 'uma', 'vic', 'manager', 'editor', 'blocked'])).toEqual([
      'full',
      'full',
      'own',
      'nothing',
      'nothing',
      'nothing',
      'nothing',
    ]);
  });

  test('w4: shows on a record what its person is on', () => {
    const answer = mail('cleo@customer.test', ['uma@crm.test'], { cc: [named('xeno@customer.test')] });
    expect(seenOn(world([toCleo, answer]), 'vic', xeno)).toEqual([answer]);
    expect(seenOn(world([toCleo, answer]), 'lead', cleo)).toEqual([toCleo, answer]);
  });

  test('w7, w48: leaves to managers what stands on no record', () => {
    const fromNobody = mail('wife@customer.test', ['uma@crm.test']);
    expect(sightsOf(fromNobody, ['manager', 'superAdmin', 'lead'])).toEqual(['full', 'full', 'nothing']);
  });

  test('w8, w13: shows what answers for somebody where that one stands, and where it was written', () => {
    const forCleo = mail('new@customer.test', [], { answered: ['cleo@customer.test'] });
    const fromXeno = mail('uma@crm.test', ['new@customer.test'], { records: [xeno] });
    expect([...sightsOf(forCleo, ['seller', 'vic']), ...sightsOf(fromXeno, ['seller', 'vic'])]).toEqual([
      'full',
      'nothing',
      'nothing',
      'full',
    ]);
  });

  test('w22, w30, w42, w43: not through addresses of the team, or that do not count, or in another language', () => {
    const ofTeam = record('team', 'seller', { addresses: [{ address: 'uma@crm.test', counts: true }] });
    expect(sightsOf(toCleo, ['seller'], { records: [ofTeam] })).toEqual(['nothing']);
    const typed = record('typed', 'seller', {
      addresses: [{ address: 'cleo@customer.test', counts: false }],
    });
    expect(sightsOf(toCleo, ['seller', 'lead'], { records: [typed] })).toEqual(['nothing', 'full']);
    const german = record('cleo', 'seller', { versions: [{ id: 1, locale: 'de', isPublished: true }] });
    expect(sightsOf(toCleo, ['english', 'seller'], { records: [german] })).toEqual(['nothing', 'full']);
    expect(sightsOf(toCleo, ['english'])).toEqual(['full']);
  });

  const vic = inbox('vic', 'vic', 'private', ['seller']);
  const cast = { inboxes: [uma, vic] };
  const incoming = (to: string[], cc: string[], copies = [vic]) =>
    mail('cleo@customer.test', to, { inbox: uma, copies, cc: cc.map(named) });

  test.each<[WorldMessage, Level]>([
    [toCleo, 'full'],
    [incoming(['uma@crm.test'], ['vic@crm.test']), 'full'],
    [incoming(['uma@crm.test', 'vic@crm.test'], []), 'private'],
    [incoming(['list@else.test'], ['vic@crm.test']), 'private'],
    [incoming(['list@else.test'], []), 'full'],
  ])('w62, w63: knows whose level counts (%#)', (message, level) => {
    expect(levelOf(world([message], cast), message, null)).toBe(level);
  });

  test('w49, w50, w70: knows whose it is: with a copy and the address on it, also of who is named', () => {
    const hidden = incoming(['vic@crm.test'], []);
    expect(sightsOf(hidden, ['lead', 'uma', 'vic', 'seller'], cast)).toEqual([
      'nothing',
      'own',
      'own',
      'own',
    ]);
    const notFound = incoming(['vic@crm.test'], [], []);
    expect(sightsOf(notFound, ['vic'], cast)).toEqual(['nothing']);
    expect(sightsOf(incoming(['uma@crm.test'], []), ['vic'], cast)).toEqual(['nothing']);
  });

  test('w80: and with a true copy, though the address is not on it; the level of that inbox counts for nothing', () => {
    const got = { ...incoming(['uma@crm.test'], []), trueCopies: [vic] };
    expect(sightsOf(got, ['lead', 'uma', 'vic'], cast)).toEqual(['full', 'own', 'own']);
  });

  test('w48: tells managers the facts of what is private and on no record', () => {
    const nobodys = mail('wife@customer.test', ['vic@crm.test'], { inbox: vic });
    expect(sightsOf(nobodys, ['manager', 'lead', 'vic'], cast)).toEqual(['facts', 'nothing', 'own']);
  });

  test('w77, w78: knows what rules leave of what they met, and that nobody asks for what they make private', () => {
    const rule = { id: 1, documentId: 'l', action: 'facts', inbox: null, state: 'active' } as const;
    const seen = (...met: WorldMessage['met']) => sightsOf({ ...toCleo, met }, ['seller', 'uma'], cast);
    expect(seen(rule)).toEqual(['facts', 'own']);
    expect(seen(rule, { ...rule, action: 'private' })).toEqual(['nothing', 'own']);
    expect(seen({ ...rule, inbox: vic })).toEqual(['full', 'own']);
    for (const state of ['off', 'gone'] as const) expect(seen({ ...rule, state })).toEqual(['full', 'own']);
    expect(seen({ ...rule, action: 'never_log' })).toEqual(['full', 'own']);
    for (const [action, sight] of [
      ['facts', 'full'],
      ['private', 'nothing'],
    ] as const) {
      const met = { ...toCleo, met: [{ ...rule, action }] };
      const granted = world([met]);
      granted.threads.forEach((thread) => {
        thread.questions = [{ id: 1, who: 'lead', inbox: uma, state: 'granted' }];
      });
      expect(sightOf(granted, 'lead', met)).toBe(sight);
    }
  });

  test('w65, w66, w67: knows what was chosen, who was answered, and who answers', () => {
    const question = { id: 1, who: 'lead', inbox: uma, state: 'granted' } as const;
    const private_ = world([toCleo]);
    const [thread] = private_.threads;
    if (!thread) throw new Error('The world has no conversation.');
    thread.chosen = [{ inbox: uma, level: 'facts', message: toCleo }];
    thread.questions = [question];
    expect([sightOf(private_, 'seller', toCleo), sightOf(private_, 'lead', toCleo)]).toEqual([
      'facts',
      'full',
    ]);
    expect([isTold(private_, 'seller', toCleo), isTold(private_, 'uma', toCleo)]).toEqual([false, true]);
    const left = inbox('left', 'blocked');
    expect(mayAnswer('uma', question)).toBe(true);
    expect(mayAnswer('manager', question)).toBe(false);
    expect(mayAnswer('manager', { ...question, inbox: left })).toBe(true);
    expect(mayAnswer('manager', { ...question, inbox: left, who: 'manager' })).toBe(false);
  });
});
