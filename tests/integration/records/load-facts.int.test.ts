import { fingerprint } from '../../../src/plugins/email-connect/server/src/domain/message/dedup-identity';
import { buildCandidate, buildLocation, messageId } from '../../support/build-message';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';

export const loadFactsTests = (ec: StartedRecords): void => {
  const { unique, connect, pass, messagesOf, conversation } = ec;

  describe('loadFacts', () => {
    test('S15: sent ids, thread tokens, Thread-Index roots, aliases and ids of replies are known; nothing else is', async () => {
      const { connected, sent, reply } = await conversation();
      const { inbox } = connected;
      const alias = messageId(`${unique('original')}@x`);
      const received = reply({ aliases: [alias], headers: { threadIndexRoot: unique('01dee') } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message: received, location: buildLocation(5) }] })
      );
      await ec.take(sent, { serverMessageId: messageId('Rewritten@prod.outlook.com') });
      const [own, answer] = await messagesOf(sent.threadDocumentId);
      const { threadDocumentId } = sent;
      const token = (await ec.records.outbox.loadThread(threadDocumentId))!;
      const cited = buildCandidate({
        messageId: messageId('never-seen@x'),
        inReplyTo: [received.parsed.headers.messageId!, messageId('Rewritten@prod.outlook.com')],
        references: [token.threadToken, sent.messageId, messageId('foreign@x')],
        originalMessageIds: [alias],
        threadIndexRoot: token.threadIndexRoot,
      });
      const facts = await ec.records.logging.loadFacts(inbox.documentId, [
        cited,
        buildCandidate({ threadIndexRoot: received.parsed.headers.threadIndexRoot }),
        buildCandidate({ threadIndexRoot: 'unknown' }),
      ]);
      const incoming = { threadDocumentId, messageDocumentId: answer!.documentId };
      const outgoing = { threadDocumentId, messageDocumentId: own!.documentId };
      expect(Object.fromEntries(facts.ids)).toEqual({
        [received.parsed.headers.messageId!]: { kind: 'own', ...incoming },
        'Rewritten@prod.outlook.com': { kind: 'alias', ...outgoing },
        [token.threadToken]: { kind: 'token', threadDocumentId, messageDocumentId: null },
        [sent.messageId]: { kind: 'own', ...outgoing },
        [alias]: {
          kind: 'alias',
          ...incoming,
          copied: {
            fingerprint: fingerprint(received.parsed.headers),
            inboxDocumentId: inbox.documentId,
          },
        },
      });
      expect(Object.fromEntries(facts.threadIndexRoots)).toEqual({
        [token.threadIndexRoot]: threadDocumentId,
        [received.parsed.headers.threadIndexRoot!]: threadDocumentId,
      });
      const known = facts.threads.get(threadDocumentId);
      expect(known?.state).toBe('open');
      expect([...(known?.participants ?? [])].sort()).toEqual(
        [
          inbox.address,
          `to-${sent.messageId.split('@')[0]}@customer.example`,
          'ada@team.example',
          'grace@customer.example',
        ].sort()
      );
    });

    test('S18: of mail that cites nothing known there are no facts', async () => {
      const { connected } = await conversation();
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({
          messageId: messageId('new@x'),
          references: [messageId('other@x')],
          from: [{ address: `${unique('stranger')}@x.example`, displayName: '' }],
        }),
      ]);
      expect([facts.ids.size, facts.threadIndexRoots.size, facts.threads.size]).toEqual([0, 0, 0]);
    });

    test('a chunk that cites more ids than one query may hold is looked up whole', async () => {
      const { connected, sent } = await conversation();
      const references = Array.from({ length: 1_700 }, (_, i) => messageId(`filler-${i}@x`));
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ references: [...references, sent.messageId] }),
      ]);
      expect([...facts.ids.keys()]).toEqual([sent.messageId]);
    });

    test('S37: a mail that claims the id of a foreign thread as its former one does not take it over', async () => {
      const { connected, sent, reply } = await conversation();
      const stranger = await conversation();
      const later = reply();
      const laterId = later.parsed.headers.messageId!;
      const forged = stranger.reply({
        headers: {
          originalMessageIds: [sent.messageId, laterId],
          threadIndexRoot: `01d${sent.messageId.split('@')[0]}`,
        },
      });
      await ec.records.messages.recordPass(
        pass(stranger.connected, { logged: [{ message: forged, location: buildLocation(5) }] })
      );
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message: later, location: buildLocation(5) }] })
      );
      const cited = buildCandidate({
        inReplyTo: [sent.messageId, laterId],
        threadIndexRoot: forged.parsed.headers.threadIndexRoot,
      });
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [cited]);
      expect(facts.ids.get(sent.messageId)?.threadDocumentId).toBe(sent.threadDocumentId);
      expect(facts.ids.get(laterId)?.threadDocumentId).toBe(sent.threadDocumentId);
      expect([...facts.threadIndexRoots.values()]).toEqual([sent.threadDocumentId]);
    });

    test('S44: an id that a stranger names as the former one of their mail is not known from then on', async () => {
      const { connected, sent, reply } = await conversation();
      const named = messageId(`${unique('private')}@home.example`);
      const answer = reply({ headers: { originalMessageIds: [named] } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message: answer, location: buildLocation(5) }] })
      );
      const { ids } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [named], references: [answer.parsed.headers.messageId!] }),
      ]);
      expect([...ids]).toEqual([
        [
          answer.parsed.headers.messageId,
          expect.objectContaining({ threadDocumentId: sent.threadDocumentId }),
        ],
      ]);
    });

    test('S44: an id that our server gave our mail stays its own, whoever sends mail under it', async () => {
      const { connected, sent } = await conversation();
      const stranger = await conversation();
      const given = messageId(`${unique('given')}@prod.outlook.com`);
      const forged = stranger.reply({ headers: { messageId: given } });
      await ec.records.messages.recordPass(
        pass(stranger.connected, { logged: [{ message: forged, location: buildLocation(5) }] })
      );
      await ec.take(sent, { serverMessageId: given });
      const { ids } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [given] }),
      ]);
      expect(ids.get(given)).toMatchObject({ kind: 'alias', threadDocumentId: sent.threadDocumentId });
    });

    test('S44, c32: each id by which a chunk calls a record is compared with that record', async () => {
      const { connected, sent } = await conversation();
      const given = messageId(`${unique('given')}@prod.outlook.com`);
      await ec.take(sent, { serverMessageId: given });
      const { ids } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ messageId: sent.messageId }),
        buildCandidate({ messageId: given }),
        buildCandidate({ originalMessageIds: [sent.messageId] }),
      ]);
      const copied = { fingerprint: expect.any(String), inboxDocumentId: connected.inbox.documentId };
      expect(ids.get(sent.messageId)?.copied).toEqual(copied);
      expect(ids.get(given)?.copied).toEqual(copied);
    });

    test('rules of the site and of this inbox apply, others do not, nor do those that choose a level', async () => {
      const { connected } = await conversation();
      const other = await connect();
      const rules = ec.strapi.documents('plugin::email-connect.logging-rule');
      await rules.create({ data: { field: 'domain', pattern: 'site.example' } });
      await rules.create({ data: { field: 'subject', pattern: 'off', active: false } });
      await rules.create({ data: { field: 'subject', pattern: 'told', action: 'facts' } });
      const past = {
        documentId: 'past',
        field: 'subject',
        pattern: 'past',
        action: null,
        publishedAt: new Date(),
      };
      await ec.strapi.db.query('plugin::email-connect.logging-rule').create({ data: past });
      const { documentId: mine } = connected.inbox;
      const { documentId: theirs } = other.inbox;
      const ofOurs = { field: 'address', pattern: 'mine@x', inboxDocumentId: mine };
      const ofOthers = { field: 'address', pattern: 'theirs@x', inboxDocumentId: theirs };
      for (const data of [ofOurs, ofOthers]) await rules.create({ data });
      const { rules: loaded } = await ec.records.logging.loadFacts(connected.inbox.documentId, []);
      expect(loaded.map(({ field, pattern, inboxDocumentId }) => [field, pattern, inboxDocumentId])).toEqual([
        ['domain', 'site.example', null],
        ['subject', 'past', null],
        ['address', 'mine@x', connected.inbox.documentId],
      ]);
    });

    test('S52: a rule that names an inbox that is not there is refused, when it is made and when it is changed', async () => {
      const { connected } = await conversation();
      const rules = ec.strapi.documents('plugin::email-connect.logging-rule');
      const naming = (inboxDocumentId: string | null) => ({ pattern: 'nobody@x', inboxDocumentId });
      const atField = { path: ['inboxDocumentId'], message: expect.stringContaining('Choose an inbox') };
      const refused = {
        name: 'ValidationError',
        details: { code: 'RULE_INBOX_UNKNOWN', errors: [expect.objectContaining(atField)] },
      };
      for (const inboxDocumentId of ['nothing', ''])
        await expect(rules.create({ data: naming(inboxDocumentId) })).rejects.toMatchObject(refused);
      const rule = await rules.create({ data: naming(connected.inbox.documentId) });
      const change = (data: object) => rules.update({ documentId: rule.documentId, data });
      await expect(change(naming('nothing'))).rejects.toMatchObject(refused);
      await change({ note: 'Kept' });
      await change(naming(null));
      const { rules: loaded } = await ec.records.logging.loadFacts(connected.inbox.documentId, []);
      expect(loaded).toContainEqual(expect.objectContaining({ pattern: 'nobody@x', inboxDocumentId: null }));
    });
  });
};

recordsAlone(__filename, loadFactsTests);
