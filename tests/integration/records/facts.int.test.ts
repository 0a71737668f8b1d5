import {
  dedupIdentity,
  fingerprint,
} from '../../../src/plugins/email-connect/server/src/domain/message/dedup-identity';
import { buildCandidate, buildHeaders, buildLocation, messageId } from '../../support/build-message';
import { at, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const addresses = (...all: string[]) => all.map((address) => ({ address, displayName: '' }));

export const factsTests = (ec: StartedRecords): void => {
  const { unique, connect, send, addContact, pass, messagesOf, conversation, statementsOf } = ec;

  describe('facts of a chunk', () => {
    test('P6: the ids of the mail that a bounce returns are known', async () => {
      const { connected, sent } = await conversation();
      const token = (await ec.records.outbox.loadThread(sent.threadDocumentId))!.threadToken;
      const returned = { messageIds: [sent.messageId], envelopeId: `<${token}>`, recipients: [] };
      const { ids } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({}, { returned }),
      ]);
      expect([...ids.keys()].sort()).toEqual([sent.messageId, token].sort());
    });

    test("a server's own conversation id is known in its inbox, and in no other", async () => {
      const { connected, sent, reply } = await conversation();
      const other = await connect();
      const serverThreadId = unique('178');
      const message = reply({ serverThreadId });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const factsIn = ({ inbox }: typeof connected) =>
        ec.records.logging.loadFacts(inbox.documentId, [buildCandidate({}, { serverThreadId })]);
      const facts = await factsIn(connected);
      expect(facts.serverThreads).toEqual(new Map([[serverThreadId, sent.threadDocumentId]]));
      expect(facts.threads.get(sent.threadDocumentId)).toMatchObject({ state: 'open', baseSubject: 'offer' });
      expect((await factsIn(other)).serverThreads.size).toBe(0);
    });

    test('P8: the team is every inbox and what the settings name; none of them is a contact', async () => {
      const { connected, contact, sent } = await conversation();
      const other = await connect();
      const ours = [other.inbox.address, 'elsewhere@partner.example', `${unique('ann')}@staff.example`];
      for (const address of ours) await addContact(address);
      const { to } = (await messagesOf(sent.threadDocumentId))[0]!;
      const grace = (await ec.records.contacts.load(contact))!.addresses[0]!;
      const { team, contacts } = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ from: addresses(grace.toUpperCase()), to: addresses(...ours), cc: to }),
      ]);
      expect([...contacts]).toEqual([grace]);
      expect([...team.addresses]).toEqual(
        expect.arrayContaining([connected.inbox.address, other.inbox.address, 'elsewhere@partner.example'])
      );
      expect([...team.domains]).toEqual(['staff.example']);
    });

    test('a paused contact is known by every address it has', async () => {
      const { connected } = await conversation();
      const [first, second] = [`${unique('a')}@customer.example`, `${unique('b')}@customer.example`];
      const contact = await addContact(first, [second]);
      await ec.records.upkeep.pauseContact(contact, true, at);
      const load = async () =>
        ec.records.logging.loadFacts(connected.inbox.documentId, [
          buildCandidate({ from: addresses(first), to: addresses(second) }),
        ]);
      expect([...(await load()).paused].sort()).toEqual([first, second].sort());
      await ec.records.upkeep.pauseContact(contact, false, at);
      expect(await load()).toMatchObject({ contacts: new Set([first, second]), paused: new Set() });
    });

    test('S21, c31: what was removed is known by its identity, with or without an id, and under a new id too', async () => {
      const { connected, sent, reply } = await conversation();
      const sentAt = '2026-03-01T10:00:00.000Z';
      const headers = [
        { messageId: messageId(`${unique('known')}@x`), sentAt },
        { messageId: null, subject: unique('without an id '), sentAt },
      ].map(buildHeaders);
      const messages = headers.map((each) =>
        reply({ headers: each, dedupIdentity: dedupIdentity(each, 2048), fingerprint: fingerprint(each) })
      );
      await ec.records.messages.recordPass(
        pass(connected, {
          logged: messages.map((message, i) => ({ message, location: buildLocation(i + 1) })),
        })
      );
      const candidates = headers.map((each) => buildCandidate(each));
      const load = () => ec.records.logging.loadFacts(connected.inbox.documentId, candidates);
      const before = await load();
      const [, , anonymous] = await messagesOf(sent.threadDocumentId);
      expect(before.removed.size).toBe(0);
      expect([...before.recorded.keys()]).toEqual([dedupIdentity(headers[1]!, 2048)]);
      const [record] = before.recorded.values();
      expect(record).toEqual({
        messageDocumentId: expect.any(String),
        threadDocumentId: sent.threadDocumentId,
        inboxDocumentId: connected.inbox.documentId,
      });
      expect(anonymous).toBeDefined();
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      const after = await load();
      expect([...after.removed].sort()).toEqual(headers.map((each) => dedupIdentity(each, 2048)).sort());
      expect(after.recorded.size).toBe(0);
      const rewritten = buildCandidate({
        messageId: messageId('new@x'),
        originalMessageIds: [headers[0]!.messageId!],
      });
      const { removed } = await ec.records.logging.loadFacts(connected.inbox.documentId, [rewritten]);
      expect([...removed]).toEqual([headers[0]!.messageId]);
    });

    test('c32: a mail under the id of a removed one is not taken for it when that had another', async () => {
      const { connected, sent, reply } = await conversation();
      const id = messageId(`${unique('reused')}@customer.example`);
      const headers = ['Monday', 'Tuesday'].map((subject) => buildHeaders({ messageId: id, subject }));
      const messages = headers.map((each) => reply({ headers: each, fingerprint: fingerprint(each) }));
      await ec.records.messages.recordPass(
        pass(connected, {
          logged: messages.map((message, i) => ({ message, location: buildLocation(i + 1) })),
        })
      );
      const tuesday = (await messagesOf(sent.threadDocumentId)).find(({ subject }) => subject === 'Tuesday');
      await ec.records.upkeep.removeMessage(tuesday!.documentId, at);
      const removedOf = async (...which: number[]) =>
        (
          await ec.records.logging.loadFacts(
            connected.inbox.documentId,
            which.map((i) => buildCandidate(headers[i]))
          )
        ).removed.size;
      expect([await removedOf(0), await removedOf(1), await removedOf(0, 1)]).toEqual([0, 1, 0]);
    });

    test('c37: mail of ours that came back under another id is known by date and subject, of several by its recipients', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('many')}@customer.example`);
      const headersTo = (to: string) =>
        buildHeaders({
          messageId: messageId(`${unique('c')}@team.example`),
          from: addresses(connected.inbox.address),
          to: addresses(to),
          subject: unique('Offer '),
          sentAt: '2026-03-01T09:00:00.000Z',
        });
      const sendWith = (headers: ReturnType<typeof headersTo>) =>
        send(connected, contact, {
          fingerprint: fingerprint(headers),
          dedupIdentity: headers.messageId!,
          parsed: { headers, text: '', html: '', attachments: [], parsedAs: 'mime', marks: [], embedded: [] },
        });
      const alone = headersTo('a@customer.example');
      const merged = ['b@customer.example', 'c@customer.example'].map((to) => ({
        ...headersTo(to),
        subject: 'One for all',
      }));
      const sent = await sendWith(alone);
      await sendWith(merged[0]!);
      const toC = await sendWith(merged[1]!);
      const rewritten = (headers: ReturnType<typeof headersTo>) =>
        buildCandidate({ ...headers, messageId: messageId(`${unique('rewritten')}@prod.outlook.com`) });
      const load = async (...all: Parameters<typeof rewritten>[0][]) =>
        (await ec.records.logging.loadFacts(connected.inbox.documentId, all.map(rewritten))).sent;
      expect(await load(alone, merged[1]!)).toEqual(
        new Map(
          [sent, toC].map(({ messageDocumentId, threadDocumentId }, i) => [
            fingerprint([alone, merged[1]!][i]!),
            { messageDocumentId, threadDocumentId, inboxDocumentId: connected.inbox.documentId },
          ])
        )
      );
      // Two copies that the date and the subject do not tell apart: neither is taken for anything.
      expect((await load(...merged)).size).toBe(0);
      expect((await load({ ...alone, from: addresses('x@customer.example') })).size).toBe(0);
    });

    test('b.3-11: an open thread is known by its subject to who takes part in it, and to nobody else', async () => {
      const { connected, sent, reply } = await conversation();
      const author = `${unique('grace')}@customer.example`;
      const message = reply({ headers: { from: addresses(author), subject: 'AW: Offer' } });
      await ec.records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const threadsOf = async (...all: [from: string, subject: string][]) => [
        ...(
          await ec.records.logging.loadFacts(
            connected.inbox.documentId,
            all.map(([from, subject]) => buildCandidate({ from: addresses(from), subject }))
          )
        ).threads.keys(),
      ];
      expect(await threadsOf([author, 'Re: OFFER'])).toEqual([sent.threadDocumentId]);
      expect(await threadsOf([author, 'Re: Other'], ['x@customer.example', 'Re: Offer'])).toEqual([]);
      expect(await threadsOf([connected.inbox.address, 'Re: Offer'])).toEqual([]);
      await ec.records.upkeep.setState(sent.threadDocumentId, 'muted');
      expect(await threadsOf([author, 'Re: OFFER'])).toEqual([]);
    });

    test('S18: a chunk of 250 strangers costs few statements, and as many as a chunk of ten', async () => {
      const { connected } = await conversation();
      const strangers = (many: number) =>
        Array.from({ length: many }, (_, i) =>
          buildCandidate({
            messageId: messageId(`${unique('stranger')}@elsewhere.example`),
            references: [messageId(`a${i}@elsewhere.example`)],
            from: addresses(`s${i}@elsewhere.example`),
            subject: `News ${i}`,
          })
        );
      const costOf = (many: number) =>
        statementsOf(() => ec.records.logging.loadFacts(connected.inbox.documentId, strangers(many)));
      const [few, all] = [await costOf(10), await costOf(250)];
      expect(all).toBe(few);
      expect(all).toBeLessThanOrEqual(8);
    });
  });
};

recordsAlone(__filename, factsTests);
