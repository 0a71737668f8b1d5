import { z } from 'zod';
import type { ProgramCaller } from '../callers';
import { refused, told } from '../call';
import type { AskedOfAll, Call, Route } from '../call';
import { isOpen, standsOn } from '../oracle';
import { builtIn, person } from '../site';
import { inOrder } from '../rows-of-threads';
import { told as toldOf, wordsOfRecord } from '../told';
import type { Part } from '../told';
import { canariesIn } from '../words';
import { messagesOf } from '../world';
import type { World, WorldMessage, WorldThread } from '../world';
import { newestOf } from './records';

type Asked = AskedOfAll<ProgramCaller>;
const at = (path: string): string => `/api/email-connect${path}`;

/** A custom token sees what its scopes say, one for all content everything where the site says so (w56). */
const holds = ({ caller: { scopes }, siteTokens }: Asked, scope: string): boolean =>
  scopes ? scopes.has(scope.includes('::') ? scope : `plugin::email-connect.${scope}`) : siteTokens;
const readsWords = (asked: Asked): boolean => holds(asked, 'email-message.findOne');

const facts: readonly Part[] = ['people', 'marks', 'subject', 'failure'];
const factsOf = (message: WorldMessage, parts: readonly Part[] = facts) => toldOf(message, 'full', parts);
const wordsOfThread = (thread: WorldThread, asked: Asked): string[] => {
  const [last] = [...thread.messages].sort(inOrder).slice(-1);
  if (!last) return [thread.subject];
  return [
    thread.subject,
    ...canariesIn(last.from.displayName),
    ...(readsWords(asked) ? factsOf(last, ['preview']) : []),
  ];
};
/** What everybody is told all of (w56); a conversation tells of all its messages. */
const everyMessage = ({ worlds }: Asked): WorldMessage[] =>
  worlds.flatMap((world) => messagesOf(world).filter((message) => isOpen(world, message)));
const everyThread = ({ worlds }: Asked): WorldThread[] =>
  worlds.flatMap((world) =>
    world.threads.filter(({ messages }) => messages.every((message) => isOpen(world, message)))
  );

const listAnswer = z.object({ meta: z.object({ pagination: z.object({ total: z.number() }) }) });
const totals = (due: number): Partial<Call> => ({
  check: ({ json }) => {
    const { total } = listAnswer.parse(json).meta.pagination;
    return total === due ? null : `total ${total} instead of ${due}`;
  },
});

/** What relations bring of each type, for whoever holds the scope to list it. */
const wordsByType: Record<string, (asked: Asked) => string[]> = {
  'email-thread': (asked) => everyThread(asked).flatMap((thread) => wordsOfThread(thread, asked)),
  'email-message': (asked) => everyMessage(asked).flatMap((message) => factsOf(message)),
  attachment: (asked) => everyMessage(asked).flatMap((message) => factsOf(message, ['fileNames'])),
  inbox: ({ worlds }) =>
    worlds.flatMap(({ inboxes }) => inboxes.flatMap(({ address }) => [...canariesIn(address)])),
  contact: ({ worlds }) =>
    worlds.flatMap(({ records }) =>
      records.filter(({ contactType }) => contactType === builtIn).flatMap(wordsOfRecord)
    ),
};
const withRelations = (asked: Asked, type: string): string[] =>
  Object.keys(wordsByType)
    .filter((other) => other === type || holds(asked, `${other}.find`))
    .flatMap((other) => wordsByType[other]?.(asked) ?? []);

/** The lists of a type: as they come, with all relations, and by what nobody may ask for. */
const list =
  (path: string, type: string, count: (asked: Asked) => number, closed: readonly string[]) =>
  (asked: Asked): Call[] => {
    const here = at(path);
    if (!holds(asked, `${type}.find`)) return [refused(`${here}?populate=*`)];
    const page = 'pagination[pageSize]=100';
    return [
      told(`${here}?${page}`, wordsByType[type]?.(asked) ?? [], totals(count(asked))),
      told(
        `${here}?pagination[pageSize]=10&populate=*&sort=id:desc`,
        withRelations(asked, type),
        totals(count(asked))
      ),
      ...asked.chance
        .some(closed, 1)
        .flatMap((field) => [
          refused(`${here}?filters${field}[$containsi]=zq`),
          refused(`${here}?sort=${field.slice(1, -1).replace('][', '.')}`),
        ]),
    ];
  };

/** One of a type, by chance. */
const one =
  (path: string, type: string, pick: (asked: Asked) => { documentId: string; words: string[] }[]) =>
  (asked: Asked): Call[] =>
    asked.chance
      .some(pick(asked), 1)
      .flatMap(({ documentId, words }) =>
        holds(asked, `${type}.findOne`)
          ? [
              told(at(`${path}/${documentId}`), words),
              told(at(`${path}/${documentId}?populate=*`), [...words, ...withRelations(asked, type)]),
            ]
          : [refused(at(`${path}/${documentId}`), { alike: at(`${path}/nowherenowherenowherenow`) })]
      );

const file = (asked: Asked): Call[] =>
  asked.chance
    .some(
      everyMessage(asked).flatMap(({ files }) => files.filter(({ isStored }) => isStored)),
      2
    )
    .map(({ documentId, name, content }) => {
      const path = at(`/attachments/${documentId}/file`);
      if (!holds(asked, 'attachment-file.findOne')) return refused(path);
      return told(path, [name, content], {
        check: ({ text }) => (text.includes(content) ? null : 'it is another file'),
      });
    });

/** Mail whatever its level, by a scope that a token for all content does not hold (w79). */
const isAuditor = ({ caller: { scopes } }: Asked, scope: string): boolean =>
  scopes?.has(`plugin::email-connect.${scope}`) === true;
const allMessages = ({ worlds }: Asked): WorldMessage[] => worlds.flatMap(messagesOf);
const overrideList = (asked: Asked): Call[] => {
  const path = at('/override/messages?pagination[pageSize]=100');
  if (!isAuditor(asked, 'override-message.find')) return [refused(path)];
  const words = allMessages(asked).flatMap((message) => factsOf(message));
  return [
    told(path, words, totals(allMessages(asked).length)),
    refused(`${path}&filters[bcc][$containsi]=zq`),
  ];
};
const overrideOne = (asked: Asked): Call[] =>
  asked.chance.some(allMessages(asked), 1).map((message) => {
    const path = at(`/override/messages/${message.documentId}`);
    if (!isAuditor(asked, 'override-message.findOne')) return refused(path);
    return told(path, factsOf(message, readsWords(asked) ? [...facts, 'body'] : facts));
  });
const overrideFile = (asked: Asked): Call[] =>
  asked.chance
    .some(
      allMessages(asked).flatMap(({ files }) => files.filter(({ isStored }) => isStored)),
      1
    )
    .map(({ documentId, name, content }) => {
      const path = at(`/override/attachments/${documentId}/file`);
      if (!isAuditor(asked, 'override-attachment-file.findOne')) return refused(path);
      return told(path, [name, content]);
    });

/** The record as nobody in particular sees it: through addresses that count for everybody. */
const ofRecord = (asked: Asked): Call[] =>
  asked.chance
    .some(
      asked.worlds.flatMap((world) => world.records.map((record) => ({ world, record }))),
      2
    )
    .map(({ world, record }) => {
      const path = at(`/records/${record.contactType}/${record.documentId}/threads?limit=100`);
      if (!holds(asked, 'record-thread.find')) return refused(path);
      const shown = world.threads
        .map((thread) => ({
          thread,
          seen: thread.messages.filter(
            (message) => standsOn(world, message, record, null) && isOpen(world, message)
          ),
        }))
        .filter(({ seen }) => seen.length > 0);
      return told(
        path,
        shown.flatMap((line) => wordsOfLine(line, asked)),
        totals(shown.length)
      );
    });

const wordsOfLine = (
  { thread, seen }: { thread: WorldThread; seen: WorldMessage[] },
  asked: Asked
): string[] => [
  ...factsOf(newestOf(seen), readsWords(asked) ? ['people', 'subject', 'preview'] : ['people', 'subject']),
  ...(seen.length === thread.messages.length ? [thread.subject] : []),
];

/** A site's own type that leads to ours: it brings of a conversation what the caller may list. */
const people = (asked: Asked): Call[] => {
  const path = '/api/people?status=draft&pagination[pageSize]=100&locale=en';
  if (!holds(asked, `${person}.find`) && asked.caller.scopes) return [refused(path)];
  const own = asked.worlds.flatMap(({ records }) => records.flatMap(wordsOfRecord));
  const deep = '&populate[talk][populate]=*';
  return [
    told(path, own),
    { ...told(`${path}&populate=*`, [...own, ...relatedTo(asked)]) },
    { ...told(path + deep, [...own, ...relatedTo(asked)]), expects: 'any' },
    { ...refused(`${path}&filters[talk][preview][$containsi]=zq`) },
  ];
};
const relatedTo = (asked: Asked): string[] =>
  Object.keys(wordsByType)
    .filter((type) => (asked.caller.scopes ? holds(asked, `${type}.find`) : true))
    .flatMap((type) => wordsByType[type]?.({ ...asked, siteTokens: true }) ?? []);

const picked =
  <Item extends { documentId: string }>(
    items: (asked: Asked) => Item[],
    words: (item: Item, asked: Asked) => string[]
  ) =>
  (asked: Asked) =>
    items(asked).map((item) => ({ documentId: item.documentId, words: words(item, asked) }));
const inboxesOf = ({ worlds }: Asked) => worlds.flatMap(({ inboxes }) => inboxes);
const contactsOf = ({ worlds }: Asked) =>
  worlds.flatMap(({ records }: World) => records.filter(({ contactType }) => contactType === builtIn));
const filesOf = (asked: Asked) => everyMessage(asked).flatMap(({ files }) => files);

/** `bells`: how many inboxes there are besides those of worlds. */
export const contentApiRoutes = (bells: number): Route[] => [
  {
    route: 'GET /api/email-connect/contacts',
    program: list('/contacts', 'contact', (asked) => contactsOf(asked).length, []),
  },
  {
    route: 'GET /api/email-connect/contacts/:id',
    program: one('/contacts', 'contact', picked(contactsOf, wordsOfRecord)),
  },
  {
    route: 'GET /api/email-connect/threads',
    program: list('/threads', 'email-thread', (asked) => everyThread(asked).length, [
      '[threadToken]',
      '[messages][text]',
      '[messages][bcc]',
      '[inbox][settings]',
    ]),
  },
  {
    route: 'GET /api/email-connect/threads/:id',
    program: one('/threads', 'email-thread', picked(everyThread, wordsOfThread)),
  },
  {
    route: 'GET /api/email-connect/messages',
    program: list('/messages', 'email-message', (asked) => everyMessage(asked).length, [
      '[bcc]',
      '[text]',
      '[html]',
      '[dedupKey]',
      '[inbox][ownerDocumentId]',
    ]),
  },
  {
    route: 'GET /api/email-connect/messages/:id',
    program: one(
      '/messages',
      'email-message',
      picked(everyMessage, (message) => factsOf(message, [...facts, 'body']))
    ),
  },
  {
    route: 'GET /api/email-connect/attachments',
    program: list('/attachments', 'attachment', (asked) => filesOf(asked).length, [
      '[storageKey]',
      '[message][text]',
    ]),
  },
  {
    route: 'GET /api/email-connect/attachments/:id',
    program: one(
      '/attachments',
      'attachment',
      picked(filesOf, ({ name }) => [name])
    ),
  },
  {
    route: 'GET /api/email-connect/inboxes',
    program: list('/inboxes', 'inbox', (asked) => inboxesOf(asked).length + bells, [
      '[settings]',
      '[stateReason]',
    ]),
  },
  {
    route: 'GET /api/email-connect/inboxes/:id',
    program: one(
      '/inboxes',
      'inbox',
      picked(inboxesOf, ({ address }) => [...canariesIn(address)])
    ),
  },
  { route: 'GET /api/email-connect/attachments/:id/file', program: file },
  { route: 'GET /api/email-connect/records/:contactType/:documentId/threads', program: ofRecord },
  { route: 'GET /api/email-connect/override/messages', program: overrideList },
  { route: 'GET /api/email-connect/override/messages/:id', program: overrideOne },
  { route: 'GET /api/email-connect/override/attachments/:id/file', program: overrideFile },
  { route: 'GET /api/people', program: people },
  ...['GET /api/people/:id', 'POST /api/people', 'PUT /api/people/:id', 'DELETE /api/people/:id'].map(
    (route) => ({
      route,
      bearsNoMail: "the site's own type; what leads from it to mail is walked by its list",
    })
  ),
];
