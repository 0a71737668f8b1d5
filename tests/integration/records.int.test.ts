import type { Core } from '@strapi/strapi';
import { createRecords } from '../../src/plugins/email-connect/server/src/adapters/records/create-records';
import type { Records } from '../../src/plugins/email-connect/server/src/adapters/records/create-records';
import {
  deleteAllData,
  ensureIndexes,
  protectTables,
} from '../../src/plugins/email-connect/server/src/adapters/records/schema';
import { tableIndexes } from '../../src/plugins/email-connect/server/src/adapters/records/indexes';
import type { Inbox } from '../../src/plugins/email-connect/server/src/domain/inbox/inbox';
import type { ImapUid } from '../../src/plugins/email-connect/server/src/domain/message/message';
import type { ContactRef } from '../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import type { SyncCursor } from '../../src/plugins/email-connect/server/src/domain/sync/folder';
import type {
  Fence,
  MessageToRecord,
  OutboxEntry,
  PassOutcome,
} from '../../src/plugins/email-connect/server/src/ports';
import { message as messageContract } from '../../src/plugins/email-connect/shared/contracts/message';
import { thread as threadContract } from '../../src/plugins/email-connect/shared/contracts/thread';
import {
  buildAttachment,
  buildHeaders,
  buildLocation,
  buildMessage,
  messageId,
} from '../support/build-message';
import { describeWith } from '../support/services';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';
import type { DatabaseKind } from '../support/test-database';

const builtInContact = 'plugin::email-connect.contact';
const person = 'api::person.person';
const at = new Date('2026-03-01T12:00:00.000Z');
const sealed = { imapPassword: 'sealed.imap', smtpPassword: 'sealed.smtp' };

/** A contact type as sites have them: draft and publish, an address in a component, more in a repeatable one. */
const siteWithPeople = {
  'src/components/mail/address.json': JSON.stringify({
    collectionName: 'components_mail_addresses',
    info: { displayName: 'Address' },
    attributes: { value: { type: 'string' } },
  }),
  'src/api/person/content-types/person/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'people',
    info: { singularName: 'person', pluralName: 'people', displayName: 'Person' },
    options: { draftAndPublish: true },
    attributes: {
      fullName: { type: 'string' },
      work: { type: 'component', component: 'mail.address' },
      others: { type: 'component', component: 'mail.address', repeatable: true },
      profile: { type: 'json' },
    },
  }),
};

const plugins = {
  'email-connect': {
    enabled: true,
    config: {
      contactTypes: [
        { uid: builtInContact, nameField: 'name', addressFields: ['email', 'furtherEmails'] },
        {
          uid: person,
          nameField: 'fullName',
          addressFields: ['work.value', 'others.value', 'profile.mails'],
        },
      ],
    },
  },
};

const server = {
  host: 'mail.team.example',
  port: 993,
  tls: 'implicit',
  username: 'ada',
  pinnedCertificate: null,
} as const;

const inboxOf = (address: string): Omit<Inbox, 'documentId'> => ({
  label: 'Ada',
  address,
  senderName: 'Ada Admin',
  ownerDocumentId: `owner of ${address}`,
  provider: 'custom',
  imap: server,
  smtp: { ...server, port: 465 },
  sentCopy: 'append',
  sentFolderPath: 'Sent',
  state: 'catching-up',
  stateCode: '',
  stateReason: '',
  consecutiveFailures: 0,
  consent: { givenAt: at.toISOString(), givenBy: 'owner', textVersion: '1' },
  connectedAt: at.toISOString(),
  lastPassAt: null,
  nextPassAt: null,
});

const cursor = (lastUid: number, uidValidity = '7'): SyncCursor => ({
  uidValidity,
  lastUid: lastUid as ImapUid,
});

const suite = (database: DatabaseKind) => () => {
  let app: TestStrapi;
  let strapi: Core.Strapi;
  let records: Records;
  let serial = 0;

  beforeAll(async () => {
    app = await startStrapi({ database, name: 'records', plugins, files: siteWithPeople });
    strapi = app.strapi;
    await protectTables(strapi);
    await ensureIndexes(strapi);
    records = createRecords(strapi);
  }, 120_000);

  afterAll(async () => app?.stop(), 60_000);

  const unique = (word: string) => `${word}${(serial += 1)}`;

  interface Connected {
    inbox: Inbox;
    fence: Fence;
  }

  const connect = async (): Promise<Connected> => {
    const inbox = await records.inboxes.create(inboxOf(`${unique('ada')}@team.example`), () => sealed, [
      {
        folderPath: 'INBOX',
        specialUse: 'inbox',
        watched: true,
        cursor: null,
        lastPassAt: null,
        lastErrorCode: null,
      },
    ]);
    const fence = await records.leases.acquire(inbox.documentId, 'this process', 60_000);
    if (!fence) throw new Error('A new inbox must be free.');
    return { inbox, fence };
  };

  const addContact = async (email: string, furtherEmails: string[] = []): Promise<ContactRef> => {
    const { documentId } = await strapi
      .documents(builtInContact)
      .create({ data: { name: `Contact ${email}`, email, furtherEmails } });
    const contact = { contactType: builtInContact, documentId };
    await records.contacts.index(contact);
    return contact;
  };

  /** A mail sent from a contact: the thread that replies belong to. */
  const send = async (
    { inbox }: Connected,
    contact: ContactRef,
    change: Partial<MessageToRecord> = {}
  ): Promise<OutboxEntry> => {
    const id = unique('sent');
    return records.outbox.queue({
      thread: {
        kind: 'new',
        thread: {
          subject: 'Offer',
          baseSubject: 'offer',
          threadToken: messageId(`t.${id}@team.example`),
          threadIndexRoot: `01d${id}`,
          inboxDocumentId: inbox.documentId,
          contacts: [contact],
        },
      },
      message: {
        ...buildMessage({
          threadDocumentId: '',
          inboxDocumentId: inbox.documentId,
          direction: 'outgoing',
          origin: 'crm',
          deliveryStatus: 'queued',
          receivedAt: '2026-03-01T09:00:00.000Z',
          headers: {
            messageId: messageId(`${id}@team.example`),
            from: [{ address: inbox.address, displayName: 'Ada' }],
            to: [{ address: `to-${id}@customer.example`, displayName: '' }],
            subject: 'Offer',
          },
          text: 'Dear Grace, here is the offer.',
        }),
        ...change,
      },
      smtpEnvelope: { mailFrom: inbox.address, rcptTo: ['grace@customer.example'] },
      sourceKey: 'ab/source',
      at,
    });
  };

  const pass = ({ fence }: Connected, part: Partial<PassOutcome>): PassOutcome => ({
    fence,
    folderPath: 'INBOX',
    cursorBefore: null,
    cursorAfter: cursor(10),
    logged: [],
    sighted: [],
    quarantined: [],
    at,
    ...part,
  });

  const count = (uid: string, where: object): Promise<number> => strapi.db.query(uid).count({ where });
  const messagesOf = async (threadDocumentId: string) =>
    (await records.threads.read(threadDocumentId))?.messages ?? [];

  /** An inbox, a contact, a mail sent to them. */
  const conversation = async () => {
    const connected = await connect();
    const contact = await addContact(`${unique('grace')}@customer.example`);
    const sent = await send(connected, contact);
    const reply = (part: Partial<Parameters<typeof buildMessage>[0]> = {}) =>
      buildMessage({
        threadDocumentId: sent.threadDocumentId,
        inboxDocumentId: connected.inbox.documentId,
        ...part,
        headers: {
          messageId: messageId(`${unique('reply')}@customer.example`),
          inReplyTo: [sent.messageId],
          ...part.headers,
        },
      });
    return { connected, contact, sent, reply };
  };

  describe('recordPass', () => {
    test('P2, S26: the same outcome recorded twice gives one message, nothing doubled', async () => {
      const { connected, sent, contact, reply } = await conversation();
      const logged = [{ message: reply({ attachments: [buildAttachment()] }), location: buildLocation(5) }];
      const changes = await records.messages.recordPass(pass(connected, { logged }));
      expect(changes).toEqual([
        {
          threadDocumentId: sent.threadDocumentId,
          messageDocumentId: expect.any(String),
          direction: 'incoming',
          contacts: [contact],
        },
      ]);
      const again = pass(connected, { logged, cursorBefore: cursor(10), cursorAfter: cursor(10) });
      await expect(records.messages.recordPass(again)).resolves.toEqual([]);
      const thread = await records.threads.read(sent.threadDocumentId);
      expect(thread).toMatchObject({
        messageCount: 2,
        attachmentCount: 1,
        lastDirection: 'incoming',
        lastFrom: 'Grace',
        preview: 'Yes, please.',
      });
      expect(thread?.messages).toHaveLength(2);
      expect(thread?.messages[1]?.attachments).toHaveLength(1);
      expect(await count('email-connect::location', { inboxDocumentId: connected.inbox.documentId })).toBe(1);
    });

    test('S26: a message seen in two folders and two mailboxes is one record with a location for each', async () => {
      const { connected, sent, reply } = await conversation();
      const other = await connect();
      const message = reply();
      await records.messages.recordPass(
        pass(connected, { logged: [5, 6].map((uid) => ({ message, location: buildLocation(uid) })) })
      );
      const bcc = [{ address: 'quiet@customer.example', displayName: '' }];
      const copy = { ...message, inboxDocumentId: other.inbox.documentId, bcc };
      await expect(
        records.messages.recordPass(pass(other, { logged: [{ message: copy, location: buildLocation(5) }] }))
      ).resolves.toEqual([]);
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(2);
      expect(await count('email-connect::location', { messageDocumentId: recorded?.documentId })).toBe(3);
      expect(recorded?.bcc).toEqual(bcc);
    });

    test('c32: different mails under one Message-ID are both kept', async () => {
      const { connected, sent, reply } = await conversation();
      const id = messageId(`${unique('reused')}@customer.example`);
      const messages = ['Monday', 'Tuesday', 'Monday'].map((subject) =>
        reply({ headers: { messageId: id, subject } })
      );
      const logged = messages.map((message, i) => ({ message, location: buildLocation(i + 1) }));
      await records.messages.recordPass(pass(connected, { logged }));
      expect((await messagesOf(sent.threadDocumentId)).map(({ subject }) => subject).sort()).toEqual([
        'Monday',
        'Offer',
        'Tuesday',
      ]);
    });

    test('P2: a stale fence writes nothing', async () => {
      const { connected, sent, reply } = await conversation();
      const { inbox, fence } = connected;
      await records.leases.release(fence);
      const thief = await records.leases.acquire(inbox.documentId, 'another process', 60_000);
      expect(thief?.token).toBeGreaterThan(fence.token);
      const outcome = pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] });
      await expect(records.messages.recordPass(outcome)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
      expect((await records.folders.list(inbox.documentId))[0]?.cursor).toBeNull();
    });

    test('P2: a lease that ran out writes nothing, even while nobody took it', async () => {
      const { connected, reply } = await conversation();
      expect(await records.leases.renew(connected.fence, 0)).toBe(true);
      const outcome = pass(connected, { logged: [{ message: reply(), location: buildLocation(5) }] });
      await expect(records.messages.recordPass(outcome)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      expect(await records.leases.renew(connected.fence, 60_000)).toBe(false);
    });

    test('P1: a pass that does not begin where the cursor is writes nothing', async () => {
      const { connected, sent, reply } = await conversation();
      await records.messages.recordPass(pass(connected, { cursorAfter: cursor(4_294_967_295) }));
      for (const cursorBefore of [null, cursor(9), cursor(4_294_967_295, '8')]) {
        const stale = pass(connected, {
          cursorBefore,
          logged: [{ message: reply(), location: buildLocation(5) }],
        });
        await expect(records.messages.recordPass(stale)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      }
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
      const [folder] = await records.folders.list(connected.inbox.documentId);
      expect(folder).toMatchObject({ cursor: cursor(4_294_967_295), lastPassAt: at.toISOString() });
    });

    test('P2: passes of two mailboxes that record the same messages at once make one record of each', async () => {
      const { connected, sent, reply } = await conversation();
      const others = [await connect(), await connect()];
      const messages = [reply(), reply(), reply()];
      const outcomes = [connected, ...others].map((each, i) => {
        const ordered = i === 1 ? [...messages].reverse() : messages;
        return pass(each, {
          logged: ordered.map((message, uid) => ({
            message: { ...message, inboxDocumentId: each.inbox.documentId },
            location: buildLocation(uid + 1),
          })),
        });
      });
      const changes = await Promise.all(outcomes.map((outcome) => records.messages.recordPass(outcome)));
      expect(changes.flat()).toHaveLength(3);
      const thread = await records.threads.read(sent.threadDocumentId);
      expect(thread?.messages).toHaveLength(4);
      expect(thread?.messageCount).toBe(4);
      for (const message of thread?.messages.slice(1) ?? []) {
        expect(await count('email-connect::location', { messageDocumentId: message.documentId })).toBe(3);
      }
    });

    test('S21: nothing is recorded on an un-logged thread, on one that is gone, or of a removed message', async () => {
      const { connected, sent, reply } = await conversation();
      const removed = reply();
      await records.messages.recordPass(
        pass(connected, { logged: [{ message: removed, location: buildLocation(1) }] })
      );
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      const where = { documentId: recorded?.documentId };
      const { dedupKey } = await strapi.db.query('plugin::email-connect.email-message').findOne({ where });
      await strapi.db.query('plugin::email-connect.email-message').deleteMany({ where });
      await strapi.db
        .query('email-connect::tombstone')
        .create({ data: { dedupKey, removedAt: at.getTime() } });
      const gone = reply({ threadDocumentId: 'gone' });
      const logged = [removed, gone].map((message, i) => ({ message, location: buildLocation(i + 11) }));
      const second = pass(connected, { cursorBefore: cursor(10), cursorAfter: cursor(20), logged });
      await expect(records.messages.recordPass(second)).resolves.toEqual([]);
      await strapi.db
        .query('plugin::email-connect.email-thread')
        .updateMany({ where: { documentId: sent.threadDocumentId }, data: { state: 'unlogged' } });
      const third = pass(connected, {
        cursorBefore: cursor(20),
        cursorAfter: cursor(30),
        logged: [{ message: reply(), location: buildLocation(21) }],
      });
      await expect(records.messages.recordPass(third)).resolves.toEqual([]);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(1);
    });

    test('P1: what cannot be read is in quarantine once, until it is read after all', async () => {
      const { connected, reply } = await conversation();
      const { documentId } = connected.inbox;
      const entry = { location: buildLocation(5), code: 'MESSAGE_UNREADABLE', detail: 'no', evidence: null };
      await records.messages.recordPass(
        pass(connected, { quarantined: [entry, { ...entry, location: buildLocation(6) }] })
      );
      await records.messages.recordPass(
        pass(connected, {
          cursorBefore: cursor(10),
          quarantined: [entry],
          logged: [{ message: reply(), location: buildLocation(6) }],
        })
      );
      expect(await records.messages.quarantineCount(documentId)).toBe(1);
      const [row] = await strapi.db
        .query('email-connect::quarantine')
        .findMany({ where: { inboxDocumentId: documentId } });
      expect(row).toMatchObject({ attempts: 2, code: 'MESSAGE_UNREADABLE' });
    });

    test('S23: every character that mail can hold is stored or replaced, on every database', async () => {
      const { connected, sent, reply } = await conversation();
      const text = 'nul\0 lone \ud83d emoji 😀 日本語 \u202e';
      const message = reply({
        text,
        headers: { subject: `S\0 ${text}`, to: [{ address: 'ada@team.example', displayName: text }] },
        attachments: [buildAttachment({ fileName: text })],
        evidence: { rung: 'references', confidence: 0.97, header: 'References', value: text },
      });
      await records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const [, recorded] = await messagesOf(sent.threadDocumentId);
      const kept = 'nul lone \ufffd emoji 😀 日本語 \u202e';
      expect(recorded).toMatchObject({ text: kept, to: [{ displayName: kept }], evidence: { value: kept } });
      expect(recorded?.subject).toBe(`S ${kept}`);
      expect(recorded?.attachments[0]?.fileName).toBe(kept);
    });

    test('200 messages of 20 KB on 20 threads are written in a number of statements that does not grow with them', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('many')}@customer.example`);
      const threads: OutboxEntry[] = [];
      for (let i = 0; i < 20; i += 1) threads.push(await send(connected, contact));
      const logged = Array.from({ length: 200 }, (_, i) => ({
        message: buildMessage({
          threadDocumentId: threads[i % 20]!.threadDocumentId,
          inboxDocumentId: connected.inbox.documentId,
          headers: { messageId: messageId(`${unique('bulk')}@customer.example`) },
          text: 'x'.repeat(20_000),
          attachments: i % 5 === 0 ? [buildAttachment()] : [],
        }),
        location: buildLocation(i + 1),
      }));
      const statements: string[] = [];
      const listen = ({ sql }: { sql: string }) => statements.push(sql);
      strapi.db.connection.on('query', listen);
      const changes = await records.messages.recordPass(
        pass(connected, { logged, cursorAfter: cursor(200) })
      );
      strapi.db.connection.removeListener('query', listen);
      expect(changes).toHaveLength(200);
      expect(statements.length).toBeLessThan(20 * 2 + 40);
      expect(await records.threads.read(threads[0]!.threadDocumentId)).toMatchObject({ messageCount: 11 });
    });

    test('S31: a failing write tells nothing of the mail', async () => {
      const { connected, reply } = await conversation();
      const message = { ...reply({ text: 'canary-body' }), receivedAt: 'no time at all' };
      const outcome = pass(connected, { logged: [{ message, location: buildLocation(5) }] });
      const failure: unknown = await records.messages.recordPass(outcome).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'UNEXPECTED' });
      expect(
        failure instanceof Error && `${failure.message} ${failure.stack} ${JSON.stringify(failure)}`
      ).not.toContain('canary');
    });
  });

  describe('loadFacts', () => {
    test('S15: sent ids, thread tokens, Thread-Index roots, aliases and ids of replies are known; nothing else is', async () => {
      const { connected, sent, reply } = await conversation();
      const { inbox } = connected;
      const received = reply({
        headers: {
          originalMessageIds: [messageId(`${unique('original')}@x`)],
          threadIndexRoot: unique('01dee'),
        },
      });
      await records.messages.recordPass(
        pass(connected, { logged: [{ message: received, location: buildLocation(5) }] })
      );
      await records.outbox.recordSent(
        sent,
        { serverMessageId: messageId('Rewritten@prod.outlook.com'), response: '250 ok' },
        at
      );
      const [own, answer] = await messagesOf(sent.threadDocumentId);
      const { threadDocumentId } = sent;
      const token = (await records.outbox.loadThread(threadDocumentId))!;
      const cited = buildHeaders({
        messageId: messageId('never-seen@x'),
        inReplyTo: [received.parsed.headers.messageId!, messageId('Rewritten@prod.outlook.com')],
        references: [token.threadToken, sent.messageId, messageId('foreign@x')],
        originalMessageIds: received.parsed.headers.originalMessageIds,
        threadIndexRoot: token.threadIndexRoot,
      });
      const facts = await records.logging.loadFacts(inbox.documentId, [
        cited,
        buildHeaders({ threadIndexRoot: received.parsed.headers.threadIndexRoot }),
        buildHeaders({ threadIndexRoot: 'unknown' }),
      ]);
      const incoming = { threadDocumentId, messageDocumentId: answer!.documentId };
      const outgoing = { threadDocumentId, messageDocumentId: own!.documentId };
      expect(Object.fromEntries(facts.ids)).toEqual({
        [received.parsed.headers.messageId!]: { kind: 'own', ...incoming },
        'Rewritten@prod.outlook.com': { kind: 'alias', ...outgoing },
        [token.threadToken]: { kind: 'token', threadDocumentId, messageDocumentId: null },
        [sent.messageId]: { kind: 'own', ...outgoing },
        [received.parsed.headers.originalMessageIds[0]!]: { kind: 'alias', ...incoming },
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
      const facts = await records.logging.loadFacts(connected.inbox.documentId, [
        buildHeaders({ messageId: messageId('new@x'), references: [messageId('other@x')] }),
      ]);
      expect([facts.ids.size, facts.threadIndexRoots.size, facts.threads.size]).toEqual([0, 0, 0]);
    });

    test('a chunk that cites more ids than one query may hold is looked up whole', async () => {
      const { connected, sent } = await conversation();
      const references = Array.from({ length: 1_700 }, (_, i) => messageId(`filler-${i}@x`));
      const facts = await records.logging.loadFacts(connected.inbox.documentId, [
        buildHeaders({ references: [...references, sent.messageId] }),
      ]);
      expect([...facts.ids.keys()]).toEqual([sent.messageId]);
    });

    test('S37: a mail that claims the id of a foreign thread as its former one does not take it over', async () => {
      const { connected, sent } = await conversation();
      const stranger = await conversation();
      const forged = stranger.reply({
        headers: {
          originalMessageIds: [sent.messageId],
          threadIndexRoot: `01d${sent.messageId.split('@')[0]}`,
        },
      });
      await records.messages.recordPass(
        pass(stranger.connected, { logged: [{ message: forged, location: buildLocation(5) }] })
      );
      const cited = buildHeaders({
        inReplyTo: [sent.messageId],
        threadIndexRoot: forged.parsed.headers.threadIndexRoot,
      });
      const facts = await records.logging.loadFacts(connected.inbox.documentId, [cited]);
      expect(facts.ids.get(sent.messageId)?.threadDocumentId).toBe(sent.threadDocumentId);
      expect([...facts.threadIndexRoots.values()]).toEqual([sent.threadDocumentId]);
    });

    test('rules of the site and of this inbox apply, others do not', async () => {
      const { connected } = await conversation();
      const other = await connect();
      const rules = strapi.documents('plugin::email-connect.logging-rule');
      await rules.create({ data: { field: 'domain', pattern: 'site.example' } });
      await rules.create({ data: { field: 'subject', pattern: 'off', active: false } });
      await rules.create({
        data: { field: 'address', pattern: 'mine@x', inbox: connected.inbox.documentId },
      });
      await rules.create({ data: { field: 'address', pattern: 'theirs@x', inbox: other.inbox.documentId } });
      const { rules: loaded } = await records.logging.loadFacts(connected.inbox.documentId, []);
      expect(loaded.map(({ field, pattern, inboxDocumentId }) => [field, pattern, inboxDocumentId])).toEqual([
        ['domain', 'site.example', null],
        ['address', 'mine@x', connected.inbox.documentId],
      ]);
    });
  });

  describe('outbox', () => {
    test('S14: a queued mail is recorded, found by its ids and due; after sending only its copy is due, then nothing', async () => {
      const { connected, contact, sent } = await conversation();
      const { documentId } = connected.inbox;
      expect(sent).toMatchObject({ stage: 'submit', attempts: 0, contacts: [contact] });
      await expect(records.outbox.listDue(documentId, at)).resolves.toEqual([sent]);
      await expect(records.outbox.listDue(documentId, new Date(at.getTime() - 1))).resolves.toEqual([]);
      await records.outbox.recordSent(sent, { serverMessageId: null, response: '250 ok' }, at);
      expect(await records.outbox.listDue(documentId, at)).toMatchObject([
        { outboxId: sent.outboxId, stage: 'file' },
      ]);
      await records.outbox.recordFiled(sent, 'appended');
      await expect(records.outbox.listDue(documentId, at)).resolves.toEqual([]);
      expect(await messagesOf(sent.threadDocumentId)).toMatchObject([
        { deliveryStatus: 'sent', origin: 'crm', direction: 'outgoing' },
      ]);
    });

    test('P2: one of many claims wins, and one left by a dead process must be looked for in Sent first', async () => {
      const { connected, sent } = await conversation();
      const soon = new Date(Date.now() + 60_000);
      const claims = await Promise.all(
        Array.from({ length: 5 }, () => records.outbox.claim(sent.outboxId, soon))
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      await expect(records.outbox.listDue(connected.inbox.documentId, new Date())).resolves.toEqual([]);
      const later = new Date(soon.getTime() + 1);
      expect(await records.outbox.listDue(connected.inbox.documentId, later)).toMatchObject([
        { stage: 'verify', attempts: 1 },
      ]);
    });

    test('a setback says where the mail stands; a final one is never due again', async () => {
      const { connected, sent } = await conversation();
      const { documentId } = connected.inbox;
      await records.outbox.claim(sent.outboxId, new Date(Date.now() + 60_000));
      const setback = {
        code: 'CONNECTION_LOST',
        message: 'It broke.',
        stage: 'submit',
        deliveryStatus: 'queued',
        nextAttemptAt: at,
      } as const;
      await records.outbox.recordSetback(sent, setback);
      expect(await records.outbox.listDue(documentId, at)).toMatchObject([{ stage: 'submit', attempts: 1 }]);
      await records.outbox.recordSetback(sent, {
        ...setback,
        stage: 'failed',
        deliveryStatus: 'failed',
        nextAttemptAt: null,
      });
      await expect(records.outbox.listDue(documentId, new Date(2 ** 42))).resolves.toEqual([]);
      expect(await records.outbox.claim(sent.outboxId, new Date())).toBe(false);
      expect(await messagesOf(sent.threadDocumentId)).toMatchObject([
        { deliveryStatus: 'failed', failureMessage: 'It broke.' },
      ]);
    });

    test('an answer continues its thread, with the ids of all its mail, oldest first', async () => {
      const { connected, sent, reply } = await conversation();
      const message = reply();
      const [change] = await records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const answered = await records.outbox.loadAnswered(change!.messageDocumentId);
      expect(answered).toEqual({
        messageId: message.parsed.headers.messageId,
        threadDocumentId: sent.threadDocumentId,
      });
      const thread = await records.outbox.loadThread(sent.threadDocumentId);
      expect(thread?.messageIds).toEqual([sent.messageId, message.parsed.headers.messageId]);
      const colleague = await addContact(`${unique('colleague')}@customer.example`);
      const entry = await records.outbox.queue({
        thread: { kind: 'existing', documentId: sent.threadDocumentId, contacts: [colleague] },
        message: {
          ...reply(),
          direction: 'outgoing',
          deliveryStatus: 'queued',
          receivedAt: '2026-03-02T00:00:00.000Z',
        },
        smtpEnvelope: sent.smtpEnvelope,
        sourceKey: 'ab/answer',
        at,
      });
      expect(entry.contacts).toContainEqual(colleague);
      expect(await messagesOf(sent.threadDocumentId)).toHaveLength(3);
      expect(await records.outbox.loadThread('none')).toBeNull();
      expect(await records.outbox.loadAnswered('none')).toBeNull();
    });

    test('a mail that cannot be queued leaves nothing behind', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('x')}@customer.example`);
      const before = await count('plugin::email-connect.email-thread', {});
      const refused = send(connected, contact, {
        parsed: { ...buildMessage({ threadDocumentId: '', inboxDocumentId: '' }).parsed },
      });
      await expect(refused).rejects.toMatchObject({ code: 'INPUT_INVALID' });
      expect(await count('plugin::email-connect.email-thread', {})).toBe(before);
    });
  });

  describe('contacts', () => {
    test('S25: a mail to three contacts is one record on three lists; unknown people make no contact', async () => {
      const { connected, contact, sent, reply } = await conversation();
      const others = [`${unique('b')}@customer.example`, `${unique('c')}@customer.example`];
      const refs = [await addContact(others[0]!), await addContact('main@x.example', [others[1]!])];
      const contactsBefore = await count(builtInContact, {});
      const message = reply({
        headers: { cc: [...others, 'stranger@x.example'].map((address) => ({ address, displayName: '' })) },
      });
      const [change] = await records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      expect(change?.contacts).toHaveLength(3);
      expect(change?.contacts).toEqual(expect.arrayContaining([contact, ...refs]));
      await expect(records.threads.contactsOf(sent.threadDocumentId)).resolves.toEqual(change?.contacts);
      for (const ref of [contact, ...refs]) {
        expect(await records.threads.listOfContact(ref, { start: 0, limit: 10 })).toMatchObject({
          total: 1,
          threads: [{ messageCount: 2 }],
        });
      }
      expect(await count(builtInContact, {})).toBe(contactsBefore);
    });

    test('P7: a contact that is created later gets the threads of its address at once', async () => {
      const { connected, sent, reply } = await conversation();
      const address = `${unique('late')}@customer.example`;
      const message = reply({ headers: { cc: [{ address, displayName: '' }] } });
      await records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const late = await addContact(address.toUpperCase());
      const page = await records.threads.listOfContact(late, { start: 0, limit: 10 });
      expect(page.threads.map(({ documentId }) => documentId)).toEqual([sent.threadDocumentId]);
    });

    test("P8: a colleague's address as a contact shows nothing of that colleague's mail", async () => {
      const { connected, sent, reply } = await conversation();
      const colleague = await addContact(connected.inbox.address);
      await records.messages.recordPass(
        pass(connected, {
          logged: [
            { message: reply({ participants: [connected.inbox.address] }), location: buildLocation(5) },
          ],
        })
      );
      expect(await records.threads.listOfContact(colleague, { start: 0, limit: 10 })).toEqual({
        threads: [],
        total: 0,
      });
      expect(await records.threads.contactsOf(sent.threadDocumentId)).not.toContainEqual(colleague);
    });

    test('an address index entry goes with the address and with the contact', async () => {
      const [first, second] = [`${unique('old')}@x.example`, `${unique('new')}@x.example`];
      const contact = await addContact(first);
      await expect(records.contacts.findByAddresses([first, second])).resolves.toEqual(
        new Map([[first, [contact]]])
      );
      await strapi
        .documents(builtInContact)
        .update({ documentId: contact.documentId, data: { email: second } });
      await records.contacts.index(contact);
      await expect(records.contacts.findByAddresses([first, second])).resolves.toEqual(
        new Map([[second, [contact]]])
      );
      await expect(records.contacts.load(contact)).resolves.toEqual({
        name: `Contact ${first}`,
        addresses: [second],
      });
      await strapi.documents(builtInContact).delete({ documentId: contact.documentId });
      await records.contacts.index(contact);
      await expect(records.contacts.findByAddresses([first, second])).resolves.toEqual(new Map());
      await expect(records.contacts.load(contact)).resolves.toBeNull();
    });

    test('any content type can be a contact: components, repeatables, JSON, drafts before what is published', async () => {
      const name = unique('person');
      const people = strapi.documents(person);
      const data = {
        fullName: name,
        work: { value: `work-${name}@x.example` },
        others: [{ value: `one-${name}@x.example` }, { value: 'no address' }],
        profile: { mails: [`json-${name}@x.example`] },
      };
      const { documentId } = await people.create({ data, status: 'published' });
      await people.update({ documentId, data: { work: { value: `draft-${name}@x.example` } } });
      await strapi.store({ type: 'plugin', name: 'email-connect' }).delete({ key: 'address-index' });
      await records.contacts.rebuildIndex();
      const contact = { contactType: person, documentId };
      const addresses = ['draft', 'one', 'json'].map((word) => `${word}-${name}@x.example`);
      await expect(records.contacts.load(contact)).resolves.toEqual({ name, addresses });
      await expect(
        records.contacts.findByAddresses([...addresses, `work-${name}@x.example`])
      ).resolves.toEqual(new Map(addresses.map((address) => [address, [contact]])));
    });

    test('a page of a contact is in order, whole and read in as many statements as any other page', async () => {
      const connected = await connect();
      const contact = await addContact(`${unique('paged')}@customer.example`);
      const expected: string[] = [];
      for (let day = 10; day < 22; day += 1) {
        const entry = await send(connected, contact, { receivedAt: `2026-03-${day}T09:00:00.000Z` });
        expected.unshift(entry.threadDocumentId);
      }
      const statements: string[] = [];
      const listen = ({ sql }: { sql: string }) => statements.push(sql);
      strapi.db.connection.on('query', listen);
      const page = await records.threads.listOfContact(contact, { start: 2, limit: 5 });
      strapi.db.connection.removeListener('query', listen);
      expect(page.total).toBe(12);
      expect(page.threads.map(({ documentId }) => documentId)).toEqual(expected.slice(2, 7));
      expect(page.threads[0]?.lastMessageAt).toBe('2026-03-19T09:00:00.000Z');
      expect(statements).toHaveLength(3);
    });

    test("S29: a contact's files, newest first, without images of signatures; placeholders are there", async () => {
      const { connected, contact, sent, reply } = await conversation();
      const logged = [
        reply({
          receivedAt: '2026-03-03T00:00:00.000Z',
          attachments: [buildAttachment({ fileName: 'new.pdf', state: 'too-large', storageKey: null })],
        }),
        reply({
          receivedAt: '2026-03-02T00:00:00.000Z',
          attachments: [
            buildAttachment({ fileName: 'old.pdf' }),
            buildAttachment({ fileName: 'logo.png', disposition: 'inline' }),
          ],
        }),
      ].map((message, i) => ({ message, location: buildLocation(i + 1) }));
      await records.messages.recordPass(pass(connected, { logged }));
      const { attachments, total } = await records.attachmentRecords.listOfContact(contact, {
        start: 0,
        limit: 10,
      });
      expect(total).toBe(2);
      expect(attachments).toMatchObject([
        { fileName: 'new.pdf', state: 'too-large', threadDocumentId: sent.threadDocumentId },
        {
          fileName: 'old.pdf',
          state: 'stored',
          fromAddress: 'grace@customer.example',
          sentAt: '2026-03-01T10:00:00.000Z',
        },
      ]);
      expect(
        (await records.attachmentRecords.listOfContact(contact, { start: 1, limit: 1 })).attachments
      ).toMatchObject([{ fileName: 'old.pdf' }]);
      const loaded = await records.attachmentRecords.load(attachments[1]!.documentId);
      expect(loaded).toMatchObject({ ...attachments[1], storageKey: 'aa/plan' });
      expect(await records.attachmentRecords.load('none')).toBeNull();
    });

    test('what is read is what the contracts say, field for field', async () => {
      const { connected, sent, reply } = await conversation();
      const message = reply({
        notice: 'auto-reply',
        origin: 'sent-folder',
        attachments: [buildAttachment()],
      });
      await records.messages.recordPass(
        pass(connected, { logged: [{ message, location: buildLocation(5) }] })
      );
      const thread = await records.threads.read(sent.threadDocumentId);
      expect(threadContract.strict().parse(thread)).toEqual(thread);
      expect(messageContract.strict().parse(thread?.messages[1])).toMatchObject({
        notice: 'auto-reply',
        origin: 'sent-folder',
      });
      expect(thread?.inboxDocumentId).toBe(connected.inbox.documentId);
      expect(await records.threads.read('none')).toBeNull();
    });
  });

  describe('inboxes', () => {
    test('S36: passwords are kept apart, as they were sealed, and no inbox carries them', async () => {
      const { inbox } = await connect();
      const stored = await strapi.db
        .query('plugin::email-connect.inbox')
        .findOne({ where: { documentId: inbox.documentId } });
      expect(JSON.stringify([stored, await records.inboxes.load(inbox.documentId)])).not.toContain('sealed.');
      await expect(records.inboxes.loadSecrets(inbox.documentId)).resolves.toEqual(sealed);
      await records.inboxes.saveSecrets(inbox.documentId, { smtpPassword: 'sealed.again' });
      await expect(records.inboxes.loadSecrets(inbox.documentId)).resolves.toEqual({
        ...sealed,
        smtpPassword: 'sealed.again',
      });
      await records.inboxes.deleteSecrets(inbox.documentId);
      await expect(records.inboxes.loadSecrets(inbox.documentId)).resolves.toBeNull();
    });

    test('S33: no content type carries a secret, and what must not leave is private', () => {
      const types = Object.entries(strapi.contentTypes).filter(([uid]) =>
        uid.startsWith('plugin::email-connect.')
      );
      expect(types.map(([uid]) => uid).join()).not.toMatch(/secret|lease|oauth|outbox|audit/);
      const isPrivate = (uid: string) =>
        Object.entries(Object.fromEntries(types)[`plugin::email-connect.${uid}`]!.attributes).flatMap(
          ([name, attribute]) => ('private' in attribute && attribute.private === true ? [name] : [])
        );
      expect(isPrivate('inbox')).toEqual(
        expect.arrayContaining(['settings', 'ownerDocumentId', 'consent', 'addressKey'])
      );
      expect(isPrivate('email-message')).toEqual(expect.arrayContaining(['bcc', 'dedupKey', 'fingerprint']));
      expect(isPrivate('email-thread')).toEqual(expect.arrayContaining(['threadToken', 'threadIndexRoot']));
      expect(isPrivate('attachment')).toEqual(expect.arrayContaining(['storageKey']));
    });

    test('an inbox is read back as it was written, found by address and by owner, and changed in part', async () => {
      const { inbox } = await connect();
      await expect(records.inboxes.load(inbox.documentId)).resolves.toEqual(inbox);
      await expect(records.inboxes.findByAddress(inbox.address.toUpperCase())).resolves.toEqual(inbox);
      await expect(records.inboxes.findByOwner(inbox.ownerDocumentId)).resolves.toEqual(inbox);
      const change = {
        state: 'needs-you',
        sentFolderPath: null,
        consecutiveFailures: 3,
        lastPassAt: at.toISOString(),
      } as const;
      await records.inboxes.update(inbox.documentId, change);
      await expect(records.inboxes.load(inbox.documentId)).resolves.toEqual({ ...inbox, ...change });
      await records.inboxes.update(inbox.documentId, { state: 'disconnected' });
      await expect(records.inboxes.findByOwner(inbox.ownerDocumentId)).resolves.toBeNull();
      expect((await records.inboxes.list()).map(({ documentId }) => documentId)).toContain(inbox.documentId);
      await expect(records.inboxes.load('none')).resolves.toBeNull();
    });

    test('S33: a created inbox whose secrets cannot be sealed leaves nothing', async () => {
      const address = `${unique('half')}@team.example`;
      const failing = records.inboxes.create(
        inboxOf(address),
        () => {
          throw new TypeError('no key');
        },
        []
      );
      await expect(failing).rejects.toMatchObject({ code: 'UNEXPECTED' });
      await expect(records.inboxes.findByAddress(address)).resolves.toBeNull();
    });

    test('folders: new ones come, cursors and choices stay, vanished ones are no longer watched', async () => {
      const connected = await connect();
      const { documentId } = connected.inbox;
      await records.messages.recordPass(pass(connected, {}));
      await records.folders.merge(documentId, [
        { folderPath: 'INBOX', specialUse: 'inbox', watched: false },
        { folderPath: 'Ärger/日本', specialUse: 'junk', watched: true },
        { folderPath: 'inbox', specialUse: null, watched: true },
      ]);
      expect(await records.folders.list(documentId)).toMatchObject([
        { folderPath: 'INBOX', watched: true, cursor: cursor(10) },
        { folderPath: 'Ärger/日本', specialUse: 'junk', watched: true, cursor: null },
        { folderPath: 'inbox', watched: true },
      ]);
      await records.folders.merge(documentId, [
        { folderPath: 'Ärger/日本', specialUse: 'junk', watched: true },
      ]);
      await records.folders.recordFailure(documentId, 'Ärger/日本', 'FOLDER_UNREADABLE', at);
      expect(await records.folders.list(documentId)).toMatchObject([
        { folderPath: 'INBOX', watched: false, cursor: cursor(10) },
        { watched: true, lastErrorCode: 'FOLDER_UNREADABLE', lastPassAt: at.toISOString() },
        { folderPath: 'inbox', watched: false },
      ]);
      await records.folders.setWatched(documentId, ['INBOX']);
      expect((await records.folders.list(documentId)).map(({ watched }) => watched)).toEqual([
        true,
        false,
        false,
      ]);
    });

    test('P2: of many processes one gets the lease; the token outlives every holder', async () => {
      const inboxDocumentId = unique('leased');
      const holders = Array.from({ length: 5 }, (_, i) => `process ${i}`);
      const fences = await Promise.all(
        holders.map((holder) => records.leases.acquire(inboxDocumentId, holder, 60_000))
      );
      const [first] = fences.flatMap((fence) => fence ?? []);
      expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
      await records.leases.release(first!);
      const second = await records.leases.acquire(inboxDocumentId, 'later', 60_000);
      expect(second?.token).toBe(first!.token + 1);
      await records.leases.release(first!);
      expect(await records.leases.renew(second!, 60_000)).toBe(true);
      expect(await records.leases.renew(first!, 60_000)).toBe(false);
    });

    test('the audit keeps what was done', async () => {
      const subject = unique('subject');
      await records.audit.record({
        action: 'inbox.connected',
        actor: 'me',
        subject,
        outcome: 'ok',
        facts: { version: '1' },
      });
      const rows = await strapi.db.query('email-connect::audit').findMany({ where: { subject } });
      expect(rows).toMatchObject([{ action: 'inbox.connected', outcome: 'ok', facts: { version: '1' } }]);
    });
  });

  // Last: these start Strapi again and empty the database.
  describe('the database', () => {
    test('every index is there, and making them again changes nothing', async () => {
      await Promise.all([ensureIndexes(strapi), ensureIndexes(strapi)]);
      for (const { table, name, columns, unique: isUnique } of tableIndexes) {
        const found = (await strapi.db.dialect.schemaInspector.getIndexes(table)).find(
          (index) => index.name === name
        );
        expect(found).toMatchObject({ name, columns });
        expect(found?.type === 'unique').toBe(isUnique);
      }
    });

    test('a boot without the plugin keeps its tables, and what others protect stays protected', async () => {
      const key = { type: 'core', key: 'persisted_tables' };
      const before: unknown = await strapi.store.get(key);
      await strapi.store.set({
        ...key,
        value: [...(Array.isArray(before) ? before : []), { name: 'of_others' }],
      });
      await protectTables(strapi);
      const { sent } = await conversation();
      await app.restart({ plugins: { 'email-connect': { enabled: false } } });
      expect(Object.keys(app.strapi.plugins)).not.toContain('email-connect');
      strapi = await app.restart();
      records = createRecords(strapi);
      expect(await records.threads.read(sent.threadDocumentId)).toMatchObject({ messageCount: 1 });
      expect(await strapi.store.get(key)).toContainEqual({ name: 'of_others' });
      const names = tableIndexes.filter(({ table }) => table === 'ec_ids').map(({ name }) => name);
      expect((await strapi.db.dialect.schemaInspector.getIndexes('ec_ids')).map(({ name }) => name)).toEqual(
        expect.arrayContaining(names)
      );
    }, 120_000);

    test('"delete all data" leaves nothing, and lets a boot without the plugin drop the tables', async () => {
      await conversation();
      await deleteAllData(strapi);
      for (const uid of Object.keys(strapi.contentTypes).filter((each) =>
        each.startsWith('plugin::email-connect.')
      )) {
        expect(await count(uid, {})).toBe(0);
      }
      for (const table of [
        'secret',
        'location',
        'id-index',
        'contact-link',
        'outbox',
        'address-index',
        'participant',
        'audit',
      ]) {
        expect(await count(`email-connect::${table}`, {})).toBe(0);
      }
      const persisted: unknown = await strapi.store.get({ type: 'core', key: 'persisted_tables' });
      expect(persisted).toEqual([{ name: 'of_others' }]);
    });
  });
};

describe('records on SQLite', suite('sqlite'));
describeWith('postgres', 'records on PostgreSQL', suite('postgres'));
describeWith('mariadb', 'records on MariaDB', suite('mysql'));
