import { sightOf } from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { Connected, StartedRecords } from './harness';

const LAW = 'law@firm.example';
const MATCHES = 'email-connect::rule-match';
const YEARS = 10 * 365 * 24 * 3_600_000;

export const ruleLevelsTests = (ec: StartedRecords): void => {
  const rules = () => ec.strapi.documents('plugin::email-connect.logging-rule');
  const makeRule = async (data: Record<string, unknown> = {}): Promise<string> =>
    (await rules().create({ data: { pattern: LAW, action: 'facts', ...data } })).documentId;
  const record = (connected: Connected, ...messages: MessageToRecord[]) =>
    ec.records.messages.recordPass(
      ec.pass(connected, {
        logged: messages.map((message, i) => ({ message, location: buildLocation(i + 1) })),
        cursorAfter: cursor(messages.length + 1),
      })
    );
  /** What each inbox leaves to others of the newest message of a conversation: all levels that count. */
  const told = async (threadDocumentId: string) => {
    const [newest] = (await ec.messagesOf(threadDocumentId)).slice(-1);
    const message = await ec.records.access.message(newest?.documentId ?? '', '');
    return message?.holdings.map(({ levels, isHidden }) => [[...levels].sort(), isHidden]);
  };
  const law = [{ address: LAW, displayName: 'Law' }];

  describe('S42: rules that choose levels', () => {
    afterEach(async () => {
      for (const { documentId } of await rules().findMany({})) await rules().delete({ documentId });
    });

    test.each(['from', 'sender', 'replyTo', 'to', 'cc'] as const)(
      'w77: meet whoever is named in %s',
      async (field) => {
        await makeRule();
        const { connected, sent, reply } = await ec.conversation();
        await record(connected, reply({ headers: { [field]: law } }));
        expect(await told(sent.threadDocumentId)).toEqual([[['facts', 'full'], false]]);
      }
    );

    test('w77, w78: meet mail from here when it is queued, Bcc included', async () => {
      await makeRule({ action: 'private' });
      const { sent } = await ec.conversation({ bcc: law });
      expect(await told(sent.threadDocumentId)).toEqual([[['full', 'private'], true]]);
    });

    test('w77: meet whom only a later copy shows on Bcc', async () => {
      await makeRule();
      await makeRule({ field: 'domain', pattern: 'customer.example', action: 'subject' });
      const { connected, sent, reply } = await ec.conversation();
      const copied = reply();
      await record(connected, copied);
      expect(await told(sent.threadDocumentId)).toEqual([[['full', 'subject'], false]]);
      const other = await ec.connect();
      const bcc = [...law, { address: 'quiet@customer.example', displayName: '' }];
      await record(other, { ...copied, inboxDocumentId: other.inbox.documentId, bcc });
      const holdings = (await told(sent.threadDocumentId)) ?? [];
      expect(holdings.flat(2).sort()).toEqual(['facts', false, 'full', 'subject']);
    });

    test('w77: meet nobody of the team, and nothing that was logged before', async () => {
      const { connected, sent, reply } = await ec.conversation();
      await record(connected, reply({ headers: { cc: law } }));
      await makeRule();
      await makeRule({ pattern: connected.inbox.address });
      await makeRule({ pattern: 'team.example', field: 'domain', active: false });
      expect(await told(sent.threadDocumentId)).toEqual([[['full'], false]]);
      await ec.send(connected, await ec.addContact(`${ec.unique('ann')}@customer.example`));
      expect(await ec.count(MATCHES, { inboxDocumentId: connected.inbox.documentId })).toBe(0);
    });

    test('w77: hold for the inboxes that decide, one of a single inbox only there', async () => {
      const { connected, sent, reply } = await ec.conversation();
      const [to, cc] = [await ec.connect(), await ec.connect()];
      await makeRule();
      await makeRule({ action: 'subject', inboxDocumentId: to.inbox.documentId });
      await makeRule({ action: 'private', inboxDocumentId: cc.inbox.documentId });
      const at = ({ inbox: { address } }: Connected) => ({ address, displayName: '' });
      await record(connected, reply({ headers: { from: law, to: [at(connected), at(to)], cc: [at(cc)] } }));
      expect(await told(sent.threadDocumentId)).toEqual([
        [['facts', 'full'], false],
        [['facts', 'full', 'subject'], false],
        [['full'], false],
      ]);
      expect(await ec.count(MATCHES, { inboxDocumentId: cc.inbox.documentId })).toBe(0);
    });

    test('w77: what is changed in a rule holds at once, for what it met', async () => {
      const documentId = await makeRule({ active: null });
      const { connected, sent, reply } = await ec.conversation();
      await record(connected, reply({ headers: { cc: law } }));
      const change = (data: object) => rules().update({ documentId, data });
      const now = () => told(sent.threadDocumentId);
      expect(await now()).toEqual([[['facts', 'full'], false]]);
      await change({ action: 'private', pattern: 'another@firm.example' });
      expect(await now()).toEqual([[['full', 'private'], true]]);
      await change({ active: false });
      expect(await now()).toEqual([[['full'], false]]);
      await change({ active: true, action: 'never_log' });
      expect(await now()).toEqual([[['full'], false]]);
      await change({ action: 'subject' });
      expect(await now()).toEqual([[['full', 'subject'], false]]);
      await rules().delete({ documentId });
      expect(await now()).toEqual([[['full'], false]]);
    });

    test.each([
      ['facts', ['facts'], ['full']],
      ['private', [], []],
    ] as const)('w77, w78: hold on pages where every inbox is full: %s', async (action, levels, granted) => {
      const documentId = await makeRule({ action });
      const { contact, connected, sent } = await ec.conversation({ bcc: law });
      const { threadDocumentId } = sent;
      const userDocumentId = ec.unique('mia');
      const people = await ec.records.access.people(threadDocumentId);
      if (!people) throw new Error('The conversation is gone.');
      const reader = { userDocumentId, inboxDocumentIds: [], managesAll: false, readsAll: false };
      const sight = sightOf(people, { ...reader, readable: [contact] });
      const expectTold = async (expected: readonly string[]) => {
        const { messages } = await ec.records.threads.page(
          threadDocumentId,
          { before: null, limit: 9 },
          sight
        );
        expect(messages.map(({ level }) => level)).toEqual(expected);
        expect(await ec.records.levels.tellsAll(threadDocumentId, sight)).toBe(expected.includes('full'));
      };
      await expectTold(levels);
      const inboxDocumentIds = [connected.inbox.documentId];
      const question = { threadDocumentId, inboxDocumentIds, userDocumentId };
      await ec.records.levels.ask(question, new Date(), new Date(0));
      for (const { id } of await ec.records.levels.askedBy(threadDocumentId, userDocumentId))
        await ec.records.levels.answer(id, 'granted', 'owner', new Date());
      await expectTold(granted);
      await rules().delete({ documentId });
      await expectTold(['full']);
    });

    test('what the owner chooses leaves what a rule says, which is told as what holds otherwise', async () => {
      await makeRule();
      const { connected, sent } = await ec.conversation({ bcc: law });
      const { documentId } = connected.inbox;
      const whole = { threadDocumentId: sent.threadDocumentId, messageDocumentId: null };
      const message = { ...whole, messageDocumentId: sent.messageDocumentId };
      for (const level of ['subject', null] as const) {
        await ec.records.levels.choose(message, [documentId], level);
        expect(await ec.records.levels.decidingAt(message, [documentId])).toEqual([
          { inboxDocumentId: documentId, level, ruled: ['facts'] },
        ]);
      }
      expect(await ec.records.levels.decidingAt(whole, [documentId])).toEqual([
        { inboxDocumentId: documentId, level: null, ruled: [] },
      ]);
    });

    test('nothing is left of a rule for mail that is removed, nor, after a while, of a rule that is gone', async () => {
      const documentId = await makeRule();
      const left = () => ec.count(MATCHES, { ruleDocumentId: documentId });
      const { sent } = await ec.conversation({ bcc: law });
      await ec.conversation({ bcc: law });
      expect(await left()).toBe(2);
      await ec.records.upkeep.removeMessage(sent.messageDocumentId, new Date());
      expect(await left()).toBe(1);
      const ages = { requests: YEARS, outbox: YEARS, audit: YEARS };
      await ec.records.pruning.prune(ages, 100);
      expect(await left()).toBe(1);
      await rules().delete({ documentId });
      await ec.records.pruning.prune(ages, 100);
      expect(await left()).toBe(0);
    });

    test('are asked once, for however many messages', async () => {
      for (const action of ['facts', 'private', 'subject']) await makeRule({ action });
      const { connected, sent } = await ec.conversation();
      const many = (count: number) =>
        Array.from({ length: count }, () =>
          buildMessage({
            threadDocumentId: sent.threadDocumentId,
            inboxDocumentId: connected.inbox.documentId,
            headers: { messageId: messageId(`${ec.unique('bulk')}@customer.example`), cc: law },
          })
        );
      let uid = 0;
      const statementsFor = (count: number) => {
        const before = uid === 0 ? null : cursor(uid);
        const logged = many(count).map((message) => ({ message, location: buildLocation((uid += 1)) }));
        const outcome = ec.pass(connected, { logged, cursorBefore: before, cursorAfter: cursor(uid) });
        return ec.statementsOf(() => ec.records.messages.recordPass(outcome));
      };
      // Whoever is new to the conversation takes further ones.
      await statementsFor(1);
      const few = await statementsFor(2);
      expect(await statementsFor(40)).toBe(few);
    });

    test('S37: who saves or deletes one is in the audit, without its pattern', async () => {
      const documentId = await makeRule({ field: 'domain', pattern: 'secret.example' });
      const data: object = { action: 'private', active: false };
      await rules().update({ documentId, data, fields: ['pattern'] });
      await rules().clone({ documentId, data: {} });
      await rules().delete({ documentId });
      const [copied = ''] = (await rules().findMany({})).map((rule) => rule.documentId);
      const entries = await ec.strapi.db.query('email-connect::audit').findMany({
        where: { subject: { $in: [documentId, copied] } },
        orderBy: { id: 'asc' },
      });
      const [first, ...later] = [
        { action: 'facts', field: 'domain', active: 'true' },
        ...Array.from({ length: 3 }, () => ({ action: 'private', field: 'domain', active: 'false' })),
      ];
      expect(entries).toMatchObject([
        { action: 'rule.saved', actor: '', outcome: 'ok', facts: first },
        { action: 'rule.saved', subject: documentId, facts: later[0] },
        { action: 'rule.saved', subject: copied, facts: later[1] },
        { action: 'rule.deleted', subject: documentId, facts: later[2] },
      ]);
      expect(JSON.stringify(entries)).not.toContain('secret');
    });
  });
};

recordsAlone(__filename, ruleLevelsTests);
