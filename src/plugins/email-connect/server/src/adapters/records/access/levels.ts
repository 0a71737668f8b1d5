import type { LevelRecords } from '../../../ports';
import type { Strapi } from '../base/strapi';
import { tables } from '../base/names';
import { readMigrationLog } from '../migrations/migration-log';
import { whoHoldsWhat } from '../migrations/0009-who-holds-what';
import { deciders, everyLevel } from '../reading/deciders';
import { rowsOf, visibleIn } from '../reading/visible-messages';
import { accessRequests, rowIdOfThread } from './access-requests';
import { chosenLevels } from './chosen-levels';

export const createLevelRecords = (strapi: Strapi): LevelRecords => {
  const threadIdOf = (documentId: string) => rowIdOfThread(strapi, documentId);

  return {
    isReady: async () =>
      (await readMigrationLog(strapi)).some(
        ({ number, finished }) => number === whoHoldsWhat.number && finished
      ),

    restricting: async (threadDocumentId, sight) => {
      const threadId = await threadIdOf(threadDocumentId);
      const { facts, full } = await visibleIn(strapi, threadId, sight);
      if (full === facts) return [];
      const asked = deciders(strapi, everyLevel, sight).map(
        ({ holdings, threadColumn }): Promise<{ inbox_document_id: string }[]> =>
          holdings(false)
            .where(threadColumn, threadId)
            .whereIn('h.message_id', rowsOf(strapi, facts).select('message_id'))
            .whereNotIn('h.message_id', rowsOf(strapi, full).select('message_id'))
            .distinct('h.inbox_document_id')
      );
      const rows = (await Promise.all(asked)).flat();
      return [...new Set(rows.map(({ inbox_document_id: documentId }) => documentId))];
    },

    tellsAll: async (threadDocumentId, sight) => {
      const threadId = await threadIdOf(threadDocumentId);
      const { full } = await visibleIn(strapi, threadId, sight);
      const [hidden]: unknown[] = await strapi.db
        .getConnection(tables.message)
        .where({ thread_id: threadId })
        .whereNotIn('id', rowsOf(strapi, full).select('message_id'))
        .limit(1)
        .select('id');
      return hidden === undefined;
    },

    ...chosenLevels(strapi),
    ...accessRequests(strapi),
  };
};
