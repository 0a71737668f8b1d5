import { z } from 'zod';
import { refused, told, firstOf, differ } from '../call';
import type { Route } from '../call';
import { isUnassigned, readsRecord, sightOf, standsOn } from '../oracle';
import { mayDo } from '../people';
import type { AdminName } from '../people';
import { messagesOf, threadOf } from '../world';
import type { World } from '../world';

const path = (cursor: string) => `/email-connect/news?after=${encodeURIComponent(cursor)}`;
const newsAnswer = z.object({
  items: z.array(
    z.object({
      threadDocumentId: z.string().nullable(),
      contacts: z.array(z.object({ documentId: z.string() })),
    })
  ),
});

/** As an item is told: its conversation, and which records are named. */
const lineOf = (thread: string, records: readonly { documentId: string }[]): string =>
  [thread, ...records.map(({ documentId }) => documentId).sort()].join(' ');

/** Through addresses that do not count, news reach nobody: not even whoever reads all records. */
const newsFor = (world: World, who: AdminName): string[] =>
  messagesOf(world).flatMap((message) => {
    const records = world.records.filter((record) => standsOn(world, message, record, null));
    const named = records.filter((record) => readsRecord(who, record));
    const sight = sightOf(world, who, message);
    const isTheirs = sight === 'own' || (mayDo(who, 'manage') && isUnassigned(world, message));
    const isTold = sight !== 'nothing' && (named.length > 0 || isTheirs);
    return isTold ? [lineOf(threadOf(world, message).documentId, named)] : [];
  });

/** `cursor`: from before the news of these worlds. Everybody who reads news has some of an inbox of their own. */
export const newsRoutes = (cursor: () => string): Route[] => [
  {
    route: 'GET /email-connect/news',
    askOfAll: ({ caller: { who }, worlds }) => {
      if (who === null || !mayDo(who, 'threads')) return [refused(path(''))];
      return [
        told(path(cursor()), [], {
          check: ({ json }) => {
            const found = newsAnswer
              .parse(json)
              .items.flatMap(({ threadDocumentId, contacts }) =>
                threadDocumentId === null ? [] : [lineOf(threadDocumentId, contacts)]
              );
            return firstOf(
              differ(
                'news',
                found,
                worlds.flatMap((world) => newsFor(world, who))
              )
            );
          },
        }),
      ];
    },
  },
];
