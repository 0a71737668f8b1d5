import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { plainOrder } from './plain-order';

const inbox = 'plugin::email-connect.inbox';
const models: Record<string, object> = {
  [inbox]: {
    uid: inbox,
    pluginOptions: { 'content-manager': { visible: false } },
    attributes: {},
    config: { attributes: { settings: { hidden: true } } },
  },
  deal: { uid: 'deal', attributes: { inbox: { type: 'relation', target: inbox } } },
  page: { uid: 'page', attributes: { title: { type: 'string' } } },
};
const strapi = { getModel: (uid: string) => models[uid] } as unknown as Core.Strapi;
const handlers = plainOrder(strapi, {
  find: ({ query }: RequestContext) => query.sort,
  bulkFindForValidation: ({ request }: RequestContext) => Reflect.get(Object(request.body), 'sort'),
});
const sortOf = (asked: 'find' | 'bulkFindForValidation', model: string, sort: unknown): unknown =>
  handlers[asked]({
    params: { model },
    query: { sort },
    request: { body: { sort } },
  } as unknown as RequestContext);

describe('S33: the order of a list', () => {
  test('of what leads to an inbox comes to Strapi as a list', () => {
    expect(sortOf('find', 'deal', 'inbox.label:asc')).toEqual(['inbox.label:asc']);
    expect(sortOf('find', 'deal', 'title:asc,inbox.label:desc')).toEqual(['title:asc', 'inbox.label:desc']);
  });

  test.each<[string, unknown]>([
    ['page', 'title:asc'],
    ['deal', ['title:asc']],
    ['deal', undefined],
  ])('else stays as it is: %s, %j', (model, sort) => {
    expect(sortOf('find', model, sort)).toBe(sort);
  });
});

test('S33: a search in a list of inboxes does not look into what the list leaves out', () => {
  const search = plainOrder(strapi, {
    find: ({ query }: RequestContext) => query,
    bulkFindForValidation: () => null,
  });
  const askedOf = (model: string) =>
    search.find({ params: { model }, query: { _q: 'secret', page: 1 } } as unknown as RequestContext);
  expect(askedOf(inbox)).toEqual({ page: 1 });
  expect(askedOf('deal')).toEqual({ _q: 'secret', page: 1 });
});

describe('S33: the order of records that are looked through before they are published', () => {
  test.each<[string, unknown, string[]]>([
    ['deal', 'title:asc,inbox.label:desc', ['title:asc']],
    ['deal', ['inbox.settings', 'title'], ['title']],
    ['deal', { inbox: { label: 'asc' } }, []],
    ['deal', [{ inbox: { label: 'asc' } }, 'title:desc'], ['title:desc']],
    [inbox, 'settings:asc, settings , label:asc', ['label:asc']],
  ])('of what leads to an inbox is by its own fields: %s, %j', (model, sort, kept) => {
    expect(sortOf('bulkFindForValidation', model, sort)).toEqual(kept);
  });

  test('else stays as it is, also where there is none', () => {
    expect(sortOf('bulkFindForValidation', 'page', 'author.name:asc')).toBe('author.name:asc');
    const context = { params: { model: 'deal' }, query: {}, request: {} } as unknown as RequestContext;
    expect(handlers.bulkFindForValidation(context)).toBeUndefined();
  });
});
