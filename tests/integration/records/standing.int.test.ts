import fc from 'fast-check';
import { mayVouchFor } from '../../../src/plugins/email-connect/server/src/domain/access/counting';
import {
  aProgram,
  nobody,
  sees,
  sightOf,
} from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import type { Caller } from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import type { LinkedContact } from '../../../src/plugins/email-connect/server/src/domain/outgoing/outgoing';
import { conversation } from '../../../src/plugins/email-connect/server/src/testing/conversation';
import type { Mail } from '../../../src/plugins/email-connect/server/src/testing/conversation';
import type { MessageToRecord } from '../../../src/plugins/email-connect/server/src/ports';
import { buildLocation, buildMessage, messageId } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { builtInContact } from './site';

const RUNS = Number(process.env.STANDING_RUNS ?? 12);
const OUTSIDERS = 5;
const RECORDS = 3;

interface Step {
  fromUs: boolean;
  author: number;
  to: number[];
  cc: number[];
  bcc: number[];
  answers: number;
  isReport: boolean;
  writtenFrom: number | null;
}

const outsider = fc.nat({ max: OUTSIDERS - 1 });
const some = fc.uniqueArray(outsider, { maxLength: 2 });
const step: fc.Arbitrary<Step> = fc.record({
  fromUs: fc.boolean(),
  author: outsider,
  to: some,
  cc: some,
  bcc: fc.oneof({ weight: 3, arbitrary: fc.constant<number[]>([]) }, some),
  answers: fc.nat({ max: 5 }),
  isReport: fc.boolean(),
  writtenFrom: fc.option(fc.nat({ max: RECORDS - 1 })),
});
const world = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  carried: fc.array(some, { minLength: RECORDS, maxLength: RECORDS }),
  later: fc.array(some, { minLength: RECORDS, maxLength: RECORDS }),
  /** Who writes them: null is a program, else the records that they read. */
  laterBy: fc.option(fc.record({ reads: fc.subarray([0, 1, 2]), readsAll: fc.boolean() })),
  removed: fc.option(fc.nat({ max: 5 })),
});

const named = (addresses: readonly string[]) => addresses.map((address) => ({ address, displayName: '' }));

export const standingTests = (ec: StartedRecords): void => {
  const change = async (
    { documentId }: LinkedContact,
    addresses: readonly string[],
    by: Caller
  ): Promise<void> => {
    const data = { furtherEmails: addresses.join('\n') };
    // Not by the Document Service, which would index them as a program's.
    await ec.strapi.db.query(builtInContact).update({ where: { documentId }, data });
    const contact = { contactType: builtInContact, documentId };
    await ec.records.contacts.index(contact, async (address) =>
      mayVouchFor(await ec.records.contacts.openedBy(address, ''), by)
    );
  };

  /** One random conversation, in the database and as the domain tells it. */
  const play = async ({
    steps,
    carried,
    later,
    laterBy,
    removed,
  }: typeof world extends fc.Arbitrary<infer W> ? W : never) => {
    const connected = await ec.connect();
    const us = connected.inbox.address;
    const addresses = Array.from({ length: OUTSIDERS }, () => `${ec.unique('p')}@customer.example`);
    const of = (indexes: readonly number[]): string[] => indexes.flatMap((index) => addresses[index] ?? []);
    const records = await Promise.all(
      carried.map((indexes) => ec.addContact(`${ec.unique('own')}@customer.example`, of(indexes)))
    );
    const talk = conversation(
      Object.fromEntries(records.map(({ documentId }, i) => [documentId, of(carried[i] ?? [])])),
      (address) => address === us,
      { [connected.inbox.documentId]: us }
    );
    const ids: { messageId: string; documentId: string }[] = [];
    let thread = '';
    let cursorBefore = null as ReturnType<typeof cursor> | null;

    for (const [i, one] of steps.entries()) {
      const isFirst = i === 0;
      const fromUs = one.fromUs || isFirst;
      const from = fromUs ? us : (addresses[one.author] ?? '');
      const isReport = one.isReport && !fromUs;
      const writtenFrom = isFirst || (fromUs && one.writtenFrom !== null) ? (one.writtenFrom ?? 0) : null;
      const answers = isFirst ? null : one.answers % i;
      const mail: Mail = {
        from,
        to: fromUs ? of(one.to) : [us, ...of(one.to)],
        cc: of(one.cc),
        bcc: fromUs ? of(one.bcc) : [],
        answers,
        writtenFrom: writtenFrom === null ? [] : [records[writtenFrom]?.documentId ?? ''],
        isReport,
        inbox: connected.inbox.documentId,
      };
      talk.add(mail);
      const message = messageOf(
        mail,
        connected.inbox.documentId,
        thread,
        i,
        answers === null ? null : ids[answers]
      );
      if (writtenFrom !== null) {
        const contact = records[writtenFrom];
        if (!contact) throw new Error('The world has no such record.');
        const queued = ec.mailFrom(connected, contact, message);
        const entry = await ec.queue(
          isFirst
            ? queued
            : { ...queued, thread: { kind: 'existing' as const, documentId: thread, contacts: [contact] } }
        );
        thread = entry.threadDocumentId;
        ids.push({ messageId: entry.messageId, documentId: entry.messageDocumentId });
      } else {
        const { changes } = await ec.records.messages.recordPass(
          ec.pass(connected, {
            logged: [{ message, location: buildLocation(i + 1) }],
            cursorBefore,
            cursorAfter: cursor(10 + i),
          })
        );
        cursorBefore = cursor(10 + i);
        ids.push({
          messageId: message.parsed.headers.messageId ?? '',
          documentId: changes[0]?.messageDocumentId ?? '',
        });
      }
    }
    const readable = records.filter((_, i) => laterBy?.reads.includes(i));
    const writer = laterBy && {
      readsAll: laterBy.readsAll,
      reads: readable.map(({ documentId }) => documentId),
    };
    const caller = { ...nobody, readsAll: laterBy?.readsAll ?? false, readable };
    for (const [i, record] of records.entries()) {
      const addressesLater = of(later[i] ?? []);
      await change(record, addressesLater, caller);
      talk.write(record.documentId, addressesLater, writer);
    }
    if (removed !== null && removed > 0 && removed < ids.length) {
      const [gone] = ids.splice(removed, 1);
      talk.remove(removed);
      await ec.strapi.db.query('email-connect::outbox').deleteMany({
        where: { messageDocumentId: gone?.documentId },
      });
      await ec.records.upkeep.removeMessage(gone?.documentId ?? '', new Date());
    }
    return { talk, ids, thread, records, inbox: connected.inbox.documentId };
  };

  const messageOf = (
    mail: Mail,
    inboxDocumentId: string,
    threadDocumentId: string,
    i: number,
    answered: { messageId: string; documentId: string } | null | undefined
  ): MessageToRecord =>
    buildMessage({
      threadDocumentId,
      inboxDocumentId,
      direction: mail.from.endsWith('@team.example') ? 'outgoing' : 'incoming',
      notice: mail.isReport ? 'bounce' : null,
      answersDocumentId: mail.isReport ? (answered?.documentId ?? null) : null,
      receivedAt: new Date(Date.UTC(2026, 2, 1, 9, i)).toISOString(),
      bcc: named(mail.bcc ?? []),
      participants: [],
      headers: {
        messageId: messageId(`${ec.unique('m')}@x.example`),
        from: named([mail.from]),
        to: named(mail.to ?? []),
        cc: named(mail.cc ?? []),
        inReplyTo: answered ? [messageId(answered.messageId)] : [],
      },
    });

  describe('where messages stand', () => {
    test(`S40: ${RUNS} random conversations are listed, counted and seen as the domain says`, async () => {
      await fc.assert(
        fc.asyncProperty(
          world,
          fc.subarray([0, 1, 2]),
          fc.boolean(),
          fc.boolean(),
          fc.boolean(),
          async (one, reads, owns, managesAll, readsAll) => {
            const { talk, ids, thread, records, inbox } = await play(one);
            for (const record of records) {
              const page = { start: 0, limit: 10 };
              const { threads } = await ec.records.threads.listOfContact(record, page, {
                ...aProgram,
                readsAll,
              });
              const standing = talk.on(record.documentId, { readsAll }).length;
              expect(threads.map(({ messageCount }) => messageCount)).toEqual(
                standing === 0 ? [] : [standing]
              );
            }
            const readable = records.filter((_, i) => readsAll || reads.includes(i));
            const seen = talk.seenBy({
              readsAll,
              reads: readable.map(({ documentId }) => documentId),
              owns: owns ? [inbox] : [],
              managesAll,
            });
            const people = await ec.records.access.people(thread);
            if (!people) throw new Error('The conversation is gone.');
            const sight = sightOf(people, {
              userDocumentId: '',
              managesAll,
              readsAll,
              inboxDocumentIds: owns ? [inbox] : [],
              readable,
            });
            const page = await ec.records.threads.page(thread, { before: null, limit: 100 }, sight);
            expect(page.messages.map(({ documentId }) => documentId)).toEqual(
              seen.map((number) => ids[number]?.documentId)
            );
            expect((await ec.records.threads.summary(thread, sight))?.messageCount ?? 0).toBe(seen.length);
            for (const [number, { documentId }] of ids.entries()) {
              const message = await ec.records.access.message(documentId, '');
              expect(message && sees(sight, message)).toBe(seen.includes(number));
            }
          }
        ),
        { numRuns: RUNS }
      );
    }, 300_000);

    test('w18: what somebody new began by an answer opens wherever it is listed', async () => {
      const connected = await ec.connect();
      const [cleo, dora] = ['cleo', 'dora'].map((name) => `${ec.unique(name)}@customer.example`);
      const [writtenFrom, other] = [await ec.addContact(cleo ?? ''), await ec.addContact(dora ?? '')];
      const inboxDocumentId = connected.inbox.documentId;
      const { address } = connected.inbox;
      const first = ec.mailFrom(
        connected,
        writtenFrom,
        buildMessage({
          threadDocumentId: '',
          inboxDocumentId,
          direction: 'outgoing',
          participants: [],
          headers: {
            messageId: messageId(`${ec.unique('m')}@x.example`),
            from: named([address]),
            to: named([cleo ?? '', dora ?? '']),
          },
        })
      );
      const sent = await ec.queue(first);
      const thread = ec.unique('split');
      const answer = buildMessage({
        threadDocumentId: thread,
        inboxDocumentId,
        participants: [],
        begins: {
          subject: 'Invoice',
          baseSubject: 'invoice',
          threadToken: messageId(`${ec.unique('t')}@x.example`),
          threadIndexRoot: ec.unique('root'),
          continuesDocumentId: sent.threadDocumentId,
        },
        headers: {
          messageId: messageId(`${ec.unique('m')}@x.example`),
          from: named([`${ec.unique('new')}@customer.example`]),
          to: named([address]),
          inReplyTo: [sent.messageId],
        },
      });
      const location = buildLocation(1);
      await ec.records.messages.recordPass(ec.pass(connected, { logged: [{ message: answer, location }] }));
      const page = { start: 0, limit: 10 };
      const { threads } = await ec.records.threads.listOfContact(other, page);
      expect(threads.map(({ documentId }) => documentId)).toContain(thread);
      const people = await ec.records.access.people(thread);
      if (!people) throw new Error('The conversation is gone.');
      const sight = sightOf(people, { ...nobody, readable: [other] });
      expect((await ec.records.threads.summary(thread, sight))?.messageCount).toBe(1);
      expect((await ec.records.threads.summary(thread, sight))?.contacts).toEqual([other]);
    });
  });
};

recordsAlone(__filename, standingTests);
