import { z } from 'zod';
import type { AdminCaller } from '../callers';
import { differ, firstOf, refused, told } from '../call';
import type { Asked, Call, Route } from '../call';
import { isNamedTo, isTold, readsRecord, seenOn, sightOf, vouchesFor, waitsToCount } from '../oracle';
import { admins, mayDo } from '../people';
import type { AdminName } from '../people';
import { inOrder } from '../rows-of-threads';
import { told as toldOf, wordsOfRecord } from '../told';
import type { Part } from '../told';
import { messagesOf } from '../world';
import type { World, WorldMessage, WorldRecord, WorldThread } from '../world';

const pathOf = ({ contactType, documentId }: WorldRecord, rest: string): string =>
  `/email-connect/records/${contactType}/${documentId}/${rest}`;
const NOWHERE = 'nowherenowherenowherenow';

/** Of some records of the world: as it is told to whoever may read it, and refused to others. */
const ofRecords =
  (rest: string, ask: (who: AdminName, record: WorldRecord, asked: Asked<AdminCaller>) => Call[]) =>
  (asked: Asked<AdminCaller>): Call[] =>
    asked.chance.some(asked.world.records, 2).flatMap((record) => {
      const { who } = asked.caller;
      if (who !== null && mayDo(who, 'threads') && readsRecord(who, record)) return ask(who, record, asked);
      return [
        refused(pathOf(record, rest), {
          alike: pathOf({ ...record, documentId: NOWHERE }, rest),
        }),
      ];
    });

const contactAnswer = z.object({ addresses: z.array(z.string()), toConfirm: z.array(z.string()) });
const contact = ofRecords('contact', (who, record, { world }) => [
  told(pathOf(record, 'contact'), wordsOfRecord(record), {
    check: ({ json }) => {
      const { addresses, toConfirm } = contactAnswer.parse(json);
      const waiting = record.addresses.filter((one) => waitsToCount(world, one));
      return firstOf(
        differ(
          'addresses',
          addresses,
          record.addresses.map(({ address }) => address)
        ),
        differ(
          'to confirm',
          toConfirm,
          waiting.map(({ address }) => address).filter((address) => vouchesFor(world, who, address))
        )
      );
    },
  }),
]);

/** The conversations with messages of these, by the newest of them. */
const byThread = (world: World, messages: readonly WorldMessage[]): [WorldThread, WorldMessage[]][] =>
  world.threads
    .map((thread): [WorldThread, WorldMessage[]] => [
      thread,
      messages.filter((message) => thread.messages.includes(message)).sort(inOrder),
    ])
    .filter(([, seen]) => seen.length > 0)
    .sort(([, one], [, other]) => inOrder(newestOf(other), newestOf(one)));

export const newestOf = (messages: readonly WorldMessage[]): WorldMessage => {
  const newest = [...messages].sort(inOrder).at(-1);
  if (!newest) throw new Error('There is no message.');
  return newest;
};

export const listedFiles = (messages: readonly WorldMessage[]) =>
  messages.flatMap(({ files }) => files.filter(({ isInline }) => !isInline));

/** What a line about a conversation tells: of the newest message, and what it was about at first where all of it is told. */
export const wordsOfLine = (
  world: World,
  who: AdminName,
  thread: WorldThread,
  seen: readonly WorldMessage[]
): string[] => {
  const newest = newestOf(seen);
  const named = seen.filter((message) => isNamedTo(world, who, message));
  return [
    ...toldOf(newest, sightOf(world, who, newest), ['people', 'preview']),
    ...(named.length > 0 ? [newestOf(named).subject] : []),
    ...(named.length === thread.messages.length ? [thread.subject] : []),
  ];
};

/** How many files they are told the names of. */
export const countOfFiles = (world: World, who: AdminName, seen: readonly WorldMessage[]): number =>
  listedFiles(seen.filter((message) => isNamedTo(world, who, message))).length;

const threadsAnswer = z.object({
  threads: z.array(
    z.object({ documentId: z.string(), messageCount: z.number(), attachmentCount: z.number() })
  ),
  total: z.number(),
});
const threads = ofRecords('threads', (who, record, { world, chance }) => {
  const listed = byThread(world, seenOn(world, who, record));
  const [start, limit] = chance.flip(0.7) ? [0, 100] : [chance.int(2), 1 + chance.int(2)];
  const page = listed.slice(start, start + limit);
  return [
    told(
      pathOf(record, `threads?start=${start}&limit=${limit}`),
      page.flatMap(([thread, seen]) => wordsOfLine(world, who, thread, seen)),
      {
        check: ({ json }) => {
          const { threads: found, total } = threadsAnswer.parse(json);
          const due = page.map(([{ documentId }, seen]) => ({
            documentId,
            messageCount: seen.length,
            attachmentCount: countOfFiles(world, who, seen),
          }));
          return firstOf(
            total === listed.length ? null : `total ${total} instead of ${listed.length}`,
            JSON.stringify(found) === JSON.stringify(due)
              ? null
              : `threads ${JSON.stringify(found)} instead of ${JSON.stringify(due)}`
          );
        },
      }
    ),
  ];
});

const filesAnswer = z.object({
  attachments: z.array(z.object({ documentId: z.string() })),
  total: z.number(),
});
const files = ofRecords('attachments', (who, record, { world }) => {
  // The list is of files that can be opened.
  const seen = seenOn(world, who, record).filter((message) => isTold(world, who, message));
  const parts: Part[] = ['fileNames', 'people'];
  return [
    told(
      pathOf(record, 'attachments?limit=100'),
      seen.flatMap((message) => toldOf(message, sightOf(world, who, message), parts)),
      {
        check: ({ json }) => {
          const { attachments, total } = filesAnswer.parse(json);
          const due = listedFiles(seen).map(({ documentId }) => documentId);
          return firstOf(
            total === due.length ? null : `total ${total} instead of ${due.length}`,
            differ(
              'files',
              attachments.map(({ documentId }) => documentId),
              due
            )
          );
        },
      }
    ),
  ];
});

const confirmation = (record: WorldRecord, address: string) => ({
  method: 'POST',
  body: { address },
  path: pathOf(record, 'addresses/confirm'),
});

/** Addresses that wait and are not theirs to confirm are refused as those are that do not wait. */
const confirmRefused = ({ caller: { who }, world }: Asked<AdminCaller>): Call[] =>
  world.records.flatMap((record) =>
    record.addresses
      .filter((one) => !isTheirsToConfirm(world, who, record, one))
      .slice(0, 1)
      .map(({ address }) => refused('', confirmation(record, address)))
  );

const confirm = ({ caller: { who }, world }: Asked<AdminCaller>): Call[] =>
  world.records
    .flatMap((record) =>
      record.addresses
        .filter((one) => isTheirsToConfirm(world, who, record, one))
        .map(({ address }) => told('', wordsOfRecord(record), confirmation(record, address)))
    )
    .slice(0, 1);

const isTheirsToConfirm = (
  world: World,
  who: AdminName | null,
  record: WorldRecord,
  one: WorldRecord['addresses'][number]
): boolean =>
  who !== null &&
  mayDo(who, 'threads') &&
  readsRecord(who, record) &&
  waitsToCount(world, one) &&
  vouchesFor(world, who, one.address);

const pausing = (record: WorldRecord) => ({
  method: 'PUT',
  body: { paused: true },
  path: pathOf(record, 'pause'),
});
const pauseRefused = ({ caller: { who }, world }: Asked<AdminCaller>): Call[] =>
  world.records
    .filter((record) => who === null || !mayDo(who, 'threads') || !readsRecord(who, record))
    .slice(0, 2)
    .map((record) => refused('', pausing(record)));
const pause = ({ caller: { who }, world, chance }: Asked<AdminCaller>): Call[] =>
  chance
    .some(
      world.records.filter((record) => who && mayDo(who, 'threads') && readsRecord(who, record)),
      1
    )
    .map((record) => told('', wordsOfRecord(record), pausing(record)));

const unconfirmedAnswer = z.object({
  addresses: z.array(z.object({ address: z.string() })),
  total: z.number(),
});

export const recordRoutes: Route[] = [
  {
    route: 'GET /email-connect/records/:contactType/:documentId/deletion',
    bearsNoMail: 'how many messages would be asked about, for whoever may delete the record',
  },
  {
    route: 'PUT /email-connect/records/:contactType/:documentId/deletion',
    bearsNoMail: 'what is chosen for them',
  },
  { route: 'GET /email-connect/records/:contactType/:documentId/contact', ask: contact },
  { route: 'GET /email-connect/records/:contactType/:documentId/threads', ask: threads },
  { route: 'GET /email-connect/records/:contactType/:documentId/attachments', ask: files },
  {
    route: 'POST /email-connect/records/:contactType/:documentId/addresses/confirm',
    isRare: true,
    ask: confirmRefused,
    change: confirm,
  },
  {
    route: 'PUT /email-connect/records/:contactType/:documentId/pause',
    isRare: true,
    ask: pauseRefused,
    change: pause,
  },
  {
    route: 'GET /email-connect/unconfirmed-addresses',
    askOfAll: ({ caller: { who }, worlds }) => {
      const path = '/email-connect/unconfirmed-addresses?limit=100';
      if (who === null || !mayDo(who, 'threads')) return [refused(path)];
      const readsAll = admins[who].reads === 'all';
      const due = worlds.flatMap((world) =>
        world.records.flatMap(({ addresses }) => addresses.filter((one) => waitsToCount(world, one)))
      );
      const shown = readsAll ? due.map(({ address }) => address) : [];
      const records = readsAll ? worlds.flatMap((world) => world.records) : [];
      return [
        told(path, records.flatMap(wordsOfRecord), {
          check: ({ json }) => {
            const { addresses, total } = unconfirmedAnswer.parse(json);
            return firstOf(
              total === shown.length ? null : `total ${total} instead of ${shown.length}`,
              total > 100
                ? null
                : differ(
                    'addresses',
                    addresses.map(({ address }) => address),
                    shown
                  )
            );
          },
        }),
      ];
    },
  },
];

/** Every message of a world that somebody sees, and those that they do not. */
export const splitBySight = (
  world: World,
  who: AdminName | null
): { seen: WorldMessage[]; hidden: WorldMessage[] } => {
  const all = messagesOf(world);
  const seen = all.filter((message) => sightOf(world, who, message) !== 'nothing');
  return { seen, hidden: all.filter((message) => !seen.includes(message)) };
};
