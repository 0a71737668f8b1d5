import fc from 'fast-check';
import {
  aProgram,
  sees,
  sightOf,
  toldOf,
} from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import type { RecordReader } from '../../../src/plugins/email-connect/server/src/domain/access/sight';
import { buildLocation } from '../../support/build-message';
import { cursor, recordsAlone } from './harness';
import type { StartedRecords } from './harness';
import { playWorld, world } from './random-levels';

const RUNS = Number(process.env.LEVELS_RUNS ?? 15);
export const levelsTests = (ec: StartedRecords): void => {
  /** Other tests of this database expect that nothing is less than full. */
  const open = async (
    inboxes: readonly string[],
    threadDocumentId: string,
    ids: readonly string[] = []
  ): Promise<void> => {
    for (const documentId of inboxes) {
      await ec.records.inboxes.change(documentId, () => ({ level: 'full' }));
      for (const messageDocumentId of [null, ...ids])
        await ec.records.levels.choose({ threadDocumentId, messageDocumentId }, [documentId], null);
    }
  };

  describe('levels', () => {
    test('S42: a conversation names no record on which only mail stands that is not told', async () => {
      const { contact, sent, connected, reply } = await ec.conversation();
      const vic = await ec.connect();
      const dora = `${ec.unique('dora')}@customer.example`;
      const other = await ec.addContact(dora);
      const to = [{ address: vic.inbox.address, displayName: '' }];
      const message = reply({ headers: { from: [{ address: dora, displayName: '' }], to } });
      await ec.records.messages.recordPass(
        ec.pass(connected, { logged: [{ message, location: buildLocation(1) }] })
      );
      const people = await ec.records.access.people(sent.threadDocumentId);
      if (!people) throw new Error('The conversation is gone.');
      const contacts = async () => {
        const reader = { userDocumentId: '', inboxDocumentIds: [], managesAll: false, readsAll: false };
        const sight = sightOf(people, { ...reader, readable: [contact, other] });
        return (await ec.records.threads.summary(sent.threadDocumentId, sight))?.contacts;
      };
      expect(await contacts()).toEqual([contact, other]);
      const { documentId } = vic.inbox;
      await ec.records.inboxes.change(documentId, () => ({ level: 'private' }));
      expect(await contacts()).toEqual([contact]);
      await open([documentId], sent.threadDocumentId);
    });

    test('S42: who decides about mail is told whether their inbox holds it too', async () => {
      const { sent, connected, reply } = await ec.conversation();
      const vic = await ec.connect();
      const { documentId } = vic.inbox;
      const to = [{ address: vic.inbox.address, displayName: '' }];
      const message = reply({ headers: { to } });
      const { changes } = await ec.records.messages.recordPass(
        ec.pass(connected, { logged: [{ message, location: buildLocation(1) }] })
      );
      const messageDocumentId = changes[0]?.messageDocumentId ?? '';
      const { threadDocumentId } = sent;
      const { decidingAt, holdsAny } = ec.records.levels;
      const at = async (of: string | null) => {
        const place = { threadDocumentId, messageDocumentId: of };
        return [(await decidingAt(place, [documentId])).length, await holdsAny(place, [documentId])];
      };
      const here = async () => [await at(null), await at(messageDocumentId)];
      expect(await here()).toEqual([
        [1, false],
        [1, false],
      ]);
      const sighting = { messageDocumentId, threadDocumentId, location: buildLocation(2), aliases: [] };
      await ec.records.messages.recordPass(ec.pass(vic, { cursorAfter: cursor(3), sighted: [sighting] }));
      expect(await here()).toEqual([
        [1, true],
        [1, true],
      ]);
    });

    /** As many rows about other conversations that they are not looked at first. */
    const MUCH = 5_000;
    const elsewhere = async (count: number): Promise<void> => {
      const row = { thread_id: 1_000_000_000, inbox_document_id: 'nowhere' };
      const write = (table: string, rest: (number: number) => object) =>
        ec.strapi.db.connection.batchInsert(
          table,
          Array.from({ length: count }, (_, number) => ({ ...row, ...rest(number) })),
          100
        );
      await write('email_connect_levels', (number) => ({ message_id: number, level: 'facts' }));
      await write('email_connect_rule_matches', (number) => ({
        message_id: -number,
        rule_document_id: 'none',
      }));
    };

    test.each([
      ['little', 0],
      ['much', MUCH],
    ])(
      `S42: ${RUNS} random conversations are told as the domain says, and %s is chosen elsewhere`,
      async (_, count) => {
        await elsewhere(count);
        await fc.assert(
          fc.asyncProperty(
            world,
            fc.subarray([0, 1, 2]),
            fc.boolean(),
            fc.boolean(),
            async (one, owns, reads, asks) => {
              const { talk, ids, thread, contact, user, idOf, endRules } = await playWorld(ec, one);
              const person = {
                name: asks ? user : '',
                owns: owns.map(idOf),
                reads: reads ? [contact.documentId] : [],
              };
              const own = { userDocumentId: person.name, inboxDocumentIds: person.owns };
              const seen = talk.toldTo(person);
              const shown = ids.flatMap((documentId, i) =>
                seen[i] === 'private' ? [] : [{ documentId, level: seen[i] }]
              );

              const people = await ec.records.access.people(thread);
              if (!people) throw new Error('The conversation is gone.');
              const readable = reads ? [contact] : [];
              const sight = sightOf(people, { ...own, managesAll: false, readsAll: false, readable });
              const { messages } = await ec.records.threads.page(thread, { before: null, limit: 100 }, sight);
              expect(messages.map(({ documentId, level: told }) => ({ documentId, level: told }))).toEqual(
                shown
              );
              for (const { level: told, subject, preview, messageId: id } of messages) {
                expect([subject === null, preview === '', id === null]).toEqual([
                  told === 'facts',
                  told !== 'full',
                  told !== 'full',
                ]);
              }
              const summary = await ec.records.threads.summary(thread, sight);
              expect(summary?.messageCount ?? 0).toBe(shown.length);
              const named_ = shown.some(({ level: told }) => told !== 'facts');
              expect(summary === null || (summary.subject !== null) === named_).toBe(true);
              expect(summary === null || (summary.preview !== '') === (shown.at(-1)?.level === 'full')).toBe(
                true
              );
              for (const [i, documentId] of ids.entries()) {
                const message = await ec.records.access.message(documentId, person.name);
                if (!message) throw new Error('The message is gone.');
                expect(sees(sight, message) ? toldOf(sight, message.holdings) : 'private').toBe(seen[i]);
              }
              expect(await ec.records.levels.tellsAll(thread, sight)).toBe(
                seen.every((told) => told === 'full')
              );
              expect((await ec.records.levels.restricting(thread, sight)).length > 0).toBe(
                shown.some(({ level: told }) => told !== 'full')
              );

              const told = talk.told(person);
              const counted = async (reader: RecordReader) =>
                (
                  await ec.records.threads.listOfContact(contact, { start: 0, limit: 10 }, reader)
                ).threads.map(({ messageCount }) => messageCount);
              const standing = talk.on(contact.documentId);
              const ofLevel = (isTold: (number: number) => boolean) => {
                const count = standing.filter(isTold).length;
                return count === 0 ? [] : [count];
              };
              const reader = { ...own, readsAll: false, overrides: false, atLeast: 'facts' as const };
              expect(await counted(reader)).toEqual(ofLevel((number) => told[number] !== 'private'));
              expect(await counted({ ...reader, overrides: true })).toEqual(ofLevel(() => true));
              const forOthers = talk.told({});
              expect(await counted(aProgram)).toEqual(ofLevel((number) => forOthers[number] === 'full'));
              await open([0, 1, 2].map(idOf), thread, ids);
              await endRules();
            }
          ),
          { numRuns: RUNS }
        );
        for (const table of ['email_connect_levels', 'email_connect_rule_matches'])
          await ec.strapi.db.connection(table).where({ inbox_document_id: 'nowhere' }).delete();
      },
      300_000
    );
  });
};

recordsAlone(__filename, levelsTests);
