import type { AdminCaller } from '../callers';
import type { Asked, AskedOfAll, Call, Route } from '../call';
import { readsRecord } from '../oracle';
import { admins } from '../people';
import { builtIn, person } from '../site';
import { wordsOfRecord } from '../told';
import { filesOf, messagesOf } from '../world';
import type { World, WorldRecord } from '../world';

const models = ['email-thread', 'email-message', 'attachment', 'inbox'] as const;
const uidOf = (model: (typeof models)[number]) => `plugin::email-connect.${model}`;
const in_ = (model: string, rest = ''): string => `/content-manager/collection-types/${model}${rest}`;

/** Whatever is answered, it holds none of these words. */
const looked = (path: string, rest: Partial<Call> = {}): Call => ({
  method: 'GET',
  path,
  expects: 'any',
  words: [],
  ...rest,
});
const must = (method: string, path: string, body: unknown = {}): Call => ({
  method,
  path,
  body,
  expects: 'refused',
  words: [],
});

/** What Strapi shows somebody of their contacts. */
const wordsOfRecords = (
  { who }: AdminCaller,
  worlds: readonly World[],
  of: (record: WorldRecord) => boolean
) =>
  worlds.flatMap(({ records }) =>
    records
      .filter((record) => who && of(record) && !admins[who].isBlocked && readsRecord(who, record))
      .flatMap(wordsOfRecord)
  );

/** Of our own types: a list, searched, sorted and filtered; a guess that is right is answered as one that is not. */
const lists = ({ caller, worlds, chance }: AskedOfAll<AdminCaller>): Call[] => {
  const message = chance.pick(worlds.flatMap(messagesOf));
  const guesses: [string, string][] = [
    ['email-message', `filters[subject][$contains]=${message.subject}`],
    ['email-message', `filters[text][$contains]=${message.text}`],
    ['email-message', `_q=${message.subject}`],
    ['email-thread', `filters[messages][subject][$contains]=${message.subject}`],
    ['attachment', `filters[message][fromName][$contains]=${message.preview}`],
  ];
  const none = (question: string) => question.replace(/zq\w+z/, 'not-there');
  return [
    ...models.map((model) => looked(in_(uidOf(model), '?pageSize=100&populate=*'))),
    ...chance.some(guesses, 2).map(([model, question]) =>
      looked(in_(`plugin::email-connect.${model}`, `?${question}`), {
        alike: in_(`plugin::email-connect.${model}`, `?${none(question)}`),
      })
    ),
    looked(in_(person, '?pageSize=100'), {
      words: wordsOfRecords(caller, worlds, (one) => one.contactType === person),
    }),
    looked(in_(builtIn, '?pageSize=100'), {
      words: wordsOfRecords(caller, worlds, (one) => one.contactType === builtIn),
    }),
    ...['subject', 'preview', 'messages][subject'].map((field) =>
      looked(in_(person, `?filters[talk][${field}][$contains]=${message.subject}`), {
        words: wordsOfRecords(caller, worlds, (one) => one.contactType === person),
        alike: in_(person, `?filters[talk][${field}][$contains]=not-there`),
      })
    ),
  ];
};

const one = ({ world, chance }: Asked<AdminCaller>): Call[] => [
  ...chance
    .some(world.threads, 1)
    .map(({ documentId }) => looked(in_(uidOf('email-thread'), `/${documentId}`))),
  ...chance
    .some(messagesOf(world), 1)
    .map(({ documentId }) => looked(in_(uidOf('email-message'), `/${documentId}`))),
  ...chance
    .some(filesOf(world), 1)
    .map(({ documentId }) => looked(in_(uidOf('attachment'), `/${documentId}`))),
  ...chance.some(world.inboxes, 1).map(({ documentId }) => looked(in_(uidOf('inbox'), `/${documentId}`))),
];

/** Nobody makes, changes or deletes mail there. */
const changes =
  (method: string, rest: string, body: (id: string) => unknown = () => ({})) =>
  ({ world, chance }: Asked<AdminCaller>): Call[] => {
    const [model, documentId] = chance.pick([
      ...world.threads.map(({ documentId: id }) => ['email-thread', id] as const),
      ...messagesOf(world).map(({ documentId: id }) => ['email-message', id] as const),
      ...world.inboxes.map(({ documentId: id }) => ['inbox', id] as const),
    ]);
    const path = in_(uidOf(model), rest.replace(':id', documentId).replace(':sourceId', documentId));
    return [must(method, path, method === 'DELETE' ? undefined : body(documentId))];
  };

const relations = ({ caller, world, chance }: Asked<AdminCaller>): Call[] => {
  const words = wordsOfRecords(caller, [world], () => true);
  const { subject } = chance.pick(world.threads);
  const pick = (question: string) => `/content-manager/relations/${person}/talk?${question}`;
  return [
    looked(pick('pageSize=100')),
    looked(pick(`_q=${subject}`), { alike: pick('_q=not-there') }),
    ...[
      ['email-thread', 'messages'],
      ['email-message', 'thread'],
      ['attachment', 'message'],
    ].map(([model, field]) =>
      looked(`/content-manager/relations/plugin::email-connect.${model}/${field}?pageSize=100`, { words })
    ),
  ];
};

const relationsOfOne = ({ world, chance }: Asked<AdminCaller>): Call[] => [
  ...chance
    .some(
      world.records.filter(({ contactType }) => contactType === person),
      1
    )
    .map(({ documentId }) => looked(`/content-manager/relations/${person}/${documentId}/talk`)),
  ...chance
    .some(world.threads, 1)
    .flatMap(({ documentId }) =>
      ['messages', 'inbox'].map((field) =>
        looked(`/content-manager/relations/${uidOf('email-thread')}/${documentId}/${field}`)
      )
    ),
];

const route = (method: string, rest: string) => `${method} /content-manager/collection-types/:model${rest}`;
const ids = (id: string) => ({ documentIds: [id] });

export const contentManagerRoutes: Route[] = [
  { route: route('GET', ''), isRare: true, askOfAll: lists },
  { route: route('GET', '/:id'), isRare: true, ask: one },
  { route: 'GET /content-manager/relations/:model/:targetField', isRare: true, ask: relations },
  { route: 'GET /content-manager/relations/:model/:id/:targetField', isRare: true, ask: relationsOfOne },
  { route: route('POST', ''), isRare: true, ask: changes('POST', '', () => ({ subject: 'Mine' })) },
  { route: route('POST', '/clone/:sourceId'), isRare: true, ask: changes('POST', '/clone/:sourceId') },
  {
    route: route('POST', '/auto-clone/:sourceId'),
    isRare: true,
    ask: changes('POST', '/auto-clone/:sourceId'),
  },
  { route: route('PUT', '/:id'), isRare: true, ask: changes('PUT', '/:id', () => ({ subject: 'Mine' })) },
  { route: route('DELETE', '/:id'), isRare: true, ask: changes('DELETE', '/:id') },
  { route: route('POST', '/actions/publish'), isRare: true, ask: changes('POST', '/actions/publish') },
  ...['publish', 'unpublish', 'discard'].map((verb) => ({
    route: route('POST', `/:id/actions/${verb}`),
    isRare: true,
    ask: changes('POST', `/:id/actions/${verb}`),
  })),
  {
    route: route('POST', '/actions/bulkFindForValidation'),
    isRare: true,
    ask: ({ world }) =>
      models.map((model) =>
        looked(in_(uidOf(model), '/actions/bulkFindForValidation'), {
          method: 'POST',
          body: { documentIds: messagesOf(world).map(({ documentId }) => documentId), sort: 'subject:asc' },
        })
      ),
  },
  ...['bulkDelete', 'bulkPublish', 'bulkUnpublish'].map((verb) => ({
    route: route('POST', `/actions/${verb}`),
    isRare: true,
    ask: changes('POST', `/actions/${verb}`, ids),
  })),
  ...['/:id/actions/countDraftRelations', '/actions/countManyEntriesDraftRelations'].map((rest) => ({
    route: route('GET', rest),
    bearsNoMail: 'a number of drafts',
  })),
];
