import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { splitSort } from './split-sort';

const inbox = 'plugin::email-connect.inbox';
const models: Record<string, object> = {
  [inbox]: { uid: inbox, pluginOptions: { 'content-manager': { visible: false } }, attributes: {} },
  deal: { uid: 'deal', attributes: { inbox: { type: 'relation', target: inbox } } },
  page: { uid: 'page', attributes: { title: { type: 'string' } } },
};
const strapi = { getModel: (uid: string) => models[uid] } as unknown as Core.Strapi;

const sortOf = (model: string, sort: unknown): unknown => {
  const find = ({ query }: RequestContext) => query.sort;
  return splitSort(strapi, { find }).find({
    params: { model },
    query: { sort },
  } as unknown as RequestContext);
};

describe('S33: the order of a list', () => {
  test('of what leads to an inbox comes to Strapi as a list', () => {
    expect(sortOf('deal', 'inbox.label:asc')).toEqual(['inbox.label:asc']);
    expect(sortOf('deal', 'title:asc,inbox.label:desc')).toEqual(['title:asc', 'inbox.label:desc']);
  });

  test.each<[string, unknown]>([
    ['page', 'title:asc'],
    ['deal', ['title:asc']],
    ['deal', undefined],
  ])('else stays as it is: %s, %j', (model, sort) => {
    expect(sortOf(model, sort)).toBe(sort);
  });
});
