import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { buildAttachment, buildCandidate, buildLocation, messageId } from '../../support/build-message';
import { at, cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';

/** Longer than a statement takes that waits for nothing. */
const WAITING_MS = 300;

export const unlogTests = (ec: StartedRecords): void => {
  const { unique, addContact, pass, count, messagesOf, conversation, everything } = ec;

  /** A conversation in which every word that a person wrote holds one canary. */
  const withCanary = async () => {
    const canary = unique('canary');
    const started = await conversation();
    const { connected, sent, reply } = started;
    const message = reply({
      text: `text ${canary}`,
      evidence: { rung: 'references', confidence: 0.97, header: 'References', value: `${canary}@x` },
      headers: {
        subject: `subject ${canary}`,
        from: [{ address: `${canary}@customer.example`, displayName: canary }],
        cc: [{ address: `cc-${canary}@customer.example`, displayName: canary }],
      },
      attachments: [
        buildAttachment({ fileName: `${canary}.pdf`, sha256: `${canary}-sha`, storageKey: `key/${canary}` }),
      ],
    });
    message.parsed.html = `<p>${canary}</p>`;
    await ec.records.messages.recordPass(
      pass(connected, {
        logged: [{ message, location: buildLocation(5) }],
        suggested: [
          {
            location: buildLocation(8),
            threadDocumentId: sent.threadDocumentId,
            evidence: { rung: 'subject', confidence: 0.75, header: 'Subject', value: canary },
          },
        ],
      })
    );
    return { ...started, canary, message };
  };

  describe('un-logging', () => {
    test('S21: nothing readable of an un-logged thread is in any table; its ids are known and lead nowhere', async () => {
      const { connected, contact, sent, message, canary } = await withCanary();
      expect(await everything()).toContain(canary);
      const shared = await withCanary();
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      const left = await everything();
      expect(left).not.toContain(canary);
      expect(left).toContain(shared.canary);
      expect(await ec.messagesOf(sent.threadDocumentId)).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        state: 'unlogged',
        subject: '',
        preview: '',
        messageCount: 0,
        contacts: [],
      });
      expect(await ec.records.threads.listOfContact(contact, { start: 0, limit: 9 })).toMatchObject({
        total: 0,
      });
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [message.parsed.headers.messageId!, sent.messageId] }),
      ]);
      expect([...facts.ids.values()].map(({ messageDocumentId }) => messageDocumentId)).toEqual([null, null]);
      expect(facts.threads.get(sent.threadDocumentId)).toMatchObject({ state: 'unlogged' });
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      await ec.records.upkeep.unlog('none', at);
      expect(await everything()).toBe(left);
    });

    test('S21, c58: neither its messages nor later ones come back, from any mailbox, until a person logs it again', async () => {
      const { connected, sent, message, reply } = await withCanary();
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      const late = reply({ headers: { subject: 'Re: [tag] Offer' } });
      const logged = [message, late].map((each, i) => ({ message: each, location: buildLocation(i + 20) }));
      const again = { cursorBefore: cursor(10), cursorAfter: cursor(20), logged };
      await expect(ec.records.messages.recordPass(pass(connected, again))).resolves.toMatchObject({
        changes: [],
      });
      await ec.records.upkeep.setState(sent.threadDocumentId, 'open');
      await expect(
        ec.records.messages.recordPass(pass(connected, { ...again, cursorBefore: cursor(20) }))
      ).resolves.toMatchObject({ changes: [] });
      await ec.records.upkeep.relog(sent.threadDocumentId);
      await expect(
        ec.records.messages.recordPass(pass(connected, { ...again, cursorBefore: cursor(20) }))
      ).resolves.toMatchObject({ changes: [{ threadDocumentId: sent.threadDocumentId }] });
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        state: 'open',
        subject: 'Offer',
        messageCount: 1,
      });
    });

    test('S21: a thread that a person un-logs by moving a mail is un-logged with the pass that saw it', async () => {
      const { connected, sent, canary } = await withCanary();
      await ec.records.messages.recordPass(
        pass(connected, { cursorBefore: cursor(10), unlogged: [sent.threadDocumentId] })
      );
      expect(await everything()).not.toContain(canary);
    });

    test('S21, P2: a pass that writes to the thread while it is un-logged leaves nothing in it', async () => {
      const { connected, sent, reply } = await withCanary();
      const outcome = pass(connected, {
        cursorBefore: cursor(10),
        logged: Array.from({ length: 5 }, (_, i) => ({ message: reply(), location: buildLocation(i + 20) })),
      });
      await Promise.all([
        ec.records.messages.recordPass(outcome),
        ec.records.upkeep.unlog(sent.threadDocumentId, at),
      ]);
      expect(await ec.messagesOf(sent.threadDocumentId)).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        state: 'unlogged',
        messageCount: 0,
      });
    });

    /** Runs `second` beside a transaction that has done `first`, and ends when `second` is over or waits for it. */
    const meet = async (first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> => {
      const besides = AsyncLocalStorage.snapshot();
      let waiting: Promise<unknown> = Promise.resolve();
      await ec.strapi.db.transaction(async () => {
        await first();
        waiting = besides(second);
        await Promise.race([waiting, pause(WAITING_MS)]);
      });
      await waiting;
    };

    test('S21, P2: a thread that a pass is writing to is un-logged with all that the pass wrote', async () => {
      const { connected, sent, reply } = await withCanary();
      const message = reply();
      const logged = pass(connected, {
        cursorBefore: cursor(10),
        logged: [{ message, location: buildLocation(20) }],
      });
      await meet(
        () => ec.records.messages.recordPass(logged),
        () => ec.records.upkeep.unlog(sent.threadDocumentId, at)
      );
      expect(await messagesOf(sent.threadDocumentId)).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        state: 'unlogged',
        messageCount: 0,
      });
    });

    test('S21, P2: a thread that another inbox is writing to is un-logged by the pass that saw it moved', async () => {
      const { connected, sent, reply } = await withCanary();
      const other = await conversation();
      const logged = pass(connected, {
        cursorBefore: cursor(10),
        logged: [{ message: reply(), location: buildLocation(20) }],
      });
      const moved = pass(other.connected, {
        logged: [{ message: other.reply(), location: buildLocation(5) }],
        unlogged: [sent.threadDocumentId],
      });
      await meet(
        () => ec.records.messages.recordPass(logged),
        () => ec.records.messages.recordPass(moved)
      );
      expect(await messagesOf(sent.threadDocumentId)).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({ state: 'unlogged' });
    });

    test('P2: a message is removed from a thread that a pass is writing to, and the thread shows what came', async () => {
      const { connected, sent, reply } = await conversation();
      const logged = pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] });
      await meet(
        () => ec.records.messages.recordPass(logged),
        () => ec.records.upkeep.removeMessage(sent.messageDocumentId, at)
      );
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        messageCount: 1,
        lastDirection: 'incoming',
      });
    });

    test('a muted thread is muted, and an un-logged one neither muted nor opened', async () => {
      const { sent } = await conversation();
      const stateOf = async () => (await ec.records.threads.summary(sent.threadDocumentId))?.state;
      await ec.records.upkeep.setState(sent.threadDocumentId, 'muted');
      expect(await stateOf()).toBe('muted');
      await ec.records.upkeep.relog(sent.threadDocumentId);
      expect(await stateOf()).toBe('muted');
      await ec.records.upkeep.unlog(sent.threadDocumentId, at);
      await ec.records.upkeep.setState(sent.threadDocumentId, 'muted');
      expect(await stateOf()).toBe('unlogged');
    });
  });

  describe('removing one message', () => {
    test('S21, S32, c58: it is gone for good, its thread shows what is left, and who was on it only sees nothing', async () => {
      const { connected, contact, sent, message, canary } = await withCanary();
      const onIt = await addContact(`${canary}@customer.example`);
      expect((await ec.records.threads.summary(sent.threadDocumentId))?.contacts).toEqual([contact, onIt]);
      const [own, received] = await messagesOf(sent.threadDocumentId);
      await ec.records.upkeep.removeMessage(received!.documentId, at);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        state: 'open',
        messageCount: 1,
        attachmentCount: 0,
        lastDirection: 'outgoing',
        lastFrom: 'Ada',
        preview: 'Dear Grace, here is the offer.',
        contacts: [contact],
      });
      expect((await messagesOf(sent.threadDocumentId)).map(({ documentId }) => documentId)).toEqual([
        own!.documentId,
      ]);
      const again = pass(connected, {
        cursorBefore: cursor(10),
        logged: [{ message, location: buildLocation(15) }],
        sighted: [
          {
            messageDocumentId: received!.documentId,
            threadDocumentId: sent.threadDocumentId,
            location: buildLocation(16),
            aliases: [],
          },
        ],
      });
      await expect(ec.records.messages.recordPass(again)).resolves.toMatchObject({ changes: [] });
      expect(await count('email-connect::location', { messageDocumentId: received!.documentId })).toBe(0);
      const facts = await ec.records.logging.loadFacts(connected.inbox.documentId, [
        buildCandidate({ inReplyTo: [message.parsed.headers.messageId!] }),
      ]);
      expect([...facts.ids.values()]).toEqual([
        { kind: 'own', threadDocumentId: sent.threadDocumentId, messageDocumentId: null },
      ]);
      await ec.records.upkeep.removeMessage(received!.documentId, at);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
    });

    test('S21: with its last message a thread shows nothing any more', async () => {
      const { sent } = await conversation();
      await ec.records.upkeep.removeMessage(sent.messageDocumentId, at);
      expect(await ec.messagesOf(sent.threadDocumentId)).toEqual([]);
      expect(await ec.records.threads.summary(sent.threadDocumentId)).toMatchObject({
        subject: '',
        preview: '',
        lastFrom: '',
        messageCount: 0,
      });
    });

    test('c32: of two mails under one id the one that was removed stays out, the other stays', async () => {
      const { connected, sent, reply } = await conversation();
      const id = messageId(`${unique('reused')}@customer.example`);
      const subjects = ['Monday', 'Tuesday'];
      const messages = subjects.map((subject) => reply({ headers: { messageId: id, subject } }));
      const logged = messages.map((message, i) => ({ message, location: buildLocation(i + 1) }));
      await ec.records.messages.recordPass(pass(connected, { logged }));
      const tuesday = (await messagesOf(sent.threadDocumentId)).find(({ subject }) => subject === 'Tuesday');
      await ec.records.upkeep.removeMessage(tuesday!.documentId, at);
      await ec.records.messages.recordPass(pass(connected, { logged, cursorBefore: cursor(10) }));
      expect((await messagesOf(sent.threadDocumentId)).map(({ subject }) => subject).sort()).toEqual([
        'Monday',
        'Offer',
      ]);
    });
  });

  describe('pausing a contact', () => {
    test('is remembered until it is taken back, twice is once', async () => {
      const contact = await addContact(`${unique('paused')}@customer.example`);
      expect(await ec.records.upkeep.isPaused(contact)).toBe(false);
      await ec.records.upkeep.pauseContact(contact, true, at);
      await ec.records.upkeep.pauseContact(contact, true, at);
      expect(await ec.records.upkeep.isPaused(contact)).toBe(true);
      await ec.records.upkeep.pauseContact(contact, false, at);
      expect(await ec.records.upkeep.isPaused(contact)).toBe(false);
    });
  });
};

recordsAlone(__filename, unlogTests);
