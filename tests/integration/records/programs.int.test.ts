import type { UID } from '@strapi/strapi';
import { narrowForeignQueries } from '../../../src/plugins/email-connect/server/src/adapters/records/access/program-queries';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';

const MESSAGE = 'plugin::email-connect.email-message' as UID.ContentType;
const THREAD = 'plugin::email-connect.email-thread' as UID.ContentType;

export const programsTests = (ec: StartedRecords): void => {
  describe('S42, w56: what Strapi itself asks of mail within a request', () => {
    let thread = '';
    let inbox = '';
    const asked = async (uid: UID.ContentType, params: object): Promise<{ documentId: string }[]> => {
      let found: { documentId: string }[] = [];
      await ec.strapi.requestContext.run({ state: {} } as never, async () => {
        found = await ec.strapi.documents(uid).findMany(params);
        expect(await ec.strapi.documents(uid).count(params)).toBe(found.length);
      });
      return found;
    };

    beforeAll(async () => {
      narrowForeignQueries(ec.strapi);
      const connected = await ec.connect();
      const contact = await ec.addContact(`${ec.unique('cleo')}@customer.example`);
      thread = (await ec.send(connected, contact)).threadDocumentId;
      inbox = connected.inbox.documentId;
    });
    afterEach(async () => {
      await ec.records.levels.choose({ threadDocumentId: thread, messageDocumentId: null }, [inbox], null);
      await ec.records.inboxes.change(inbox, () => ({ level: 'full' }));
    });

    const questions: [string, UID.ContentType, () => object][] = [
      ['mail of a conversation', MESSAGE, () => ({ filters: { thread: { documentId: thread } } })],
      [
        'conversations by their mail',
        THREAD,
        () => ({ filters: { messages: { thread: { documentId: thread } } } }),
      ],
      ['a conversation', THREAD, () => ({ filters: { documentId: thread }, populate: { messages: true } })],
    ];

    test.each(questions)(
      '%s: is found while it is full, and not while it is less',
      async (_what, uid, params) => {
        expect(await asked(uid, params())).toHaveLength(1);
        await ec.records.inboxes.change(inbox, () => ({ level: 'subject' }));
        expect(await asked(uid, params())).toEqual([]);
        await ec.records.inboxes.change(inbox, () => ({ level: 'full' }));
        await ec.records.levels.choose(
          { threadDocumentId: thread, messageDocumentId: null },
          [inbox],
          'private'
        );
        expect(await asked(uid, params())).toEqual([]);
      }
    );

    test('what is asked outside of a request is found as before', async () => {
      await ec.records.inboxes.change(inbox, () => ({ level: 'private' }));
      const filters = { thread: { documentId: thread } };
      expect(await ec.strapi.documents(MESSAGE).findMany({ filters } as never)).toHaveLength(1);
    });
  });
};

recordsAlone(__filename, programsTests);
