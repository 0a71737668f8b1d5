import type { Core } from '@strapi/strapi';
import type { RequestContext } from './answer';
import { plainPicker } from './plain-picker';

const inbox = 'plugin::email-connect.inbox';
const models: Record<string, object> = {
  [inbox]: { uid: inbox, pluginOptions: { 'content-manager': { visible: false } }, attributes: {} },
  'plugin::email-connect.contact': { uid: 'plugin::email-connect.contact', attributes: {} },
  'api::deal.deal': {
    uid: 'api::deal.deal',
    attributes: {
      company: { type: 'relation', target: 'api::company.company' },
      contact: { type: 'relation', target: 'plugin::email-connect.contact' },
      inbox: { type: 'relation', target: inbox },
    },
  },
  // Leads to an inbox by a component within a zone, and back to itself.
  'api::company.company': {
    uid: 'api::company.company',
    attributes: {
      parent: { type: 'relation', target: 'api::company.company' },
      parts: { type: 'dynamiczone', components: ['mail.box'] },
    },
  },
  'mail.box': { uid: 'mail.box', attributes: { of: { type: 'relation', target: inbox } } },
};
const strapi = { getModel: (uid: string) => models[uid] } as unknown as Core.Strapi;

const asked = (targetField: string, query: Record<string, unknown>, model = 'api::deal.deal'): string[] => {
  const heard: string[] = [];
  const hear = (ctx: RequestContext) => void heard.push(...Object.keys(ctx.query));
  const handlers = plainPicker(strapi, { findAvailable: hear, findExisting: hear });
  const context = { params: { model, targetField }, query } as unknown as RequestContext;
  handlers.findAvailable(context);
  const available = heard.splice(0);
  handlers.findExisting(context);
  expect(heard).toEqual(available);
  return available;
};

const raw = { fields: '*', populate: '*', filters: {}, sort: 'settings', select: '*', where: {} };

describe('S33: what may be asked of records that may be related', () => {
  test.each(['inbox', 'company'])('where they lead to an inbox: what the picker sends (%s)', (field) => {
    const picked = { _q: 'a', page: '1', pageSize: '10', idsToOmit: ['1'], locale: 'en' };
    expect(asked(field, { ...picked, ...raw })).toEqual(Object.keys(picked));
  });

  test('the other handlers stay', () => {
    const other = () => 'other';
    const handlers = plainPicker(strapi, { findAvailable: other, findExisting: other, other });
    expect(handlers.other()).toBe('other');
  });

  test('also from a component', () => {
    expect(asked('of', { ...raw }, 'mail.box')).toEqual([]);
  });

  test.each(['contact', 'nothing'])('anything, where they lead to none (%s)', (field) => {
    expect(asked(field, { ...raw })).toEqual(Object.keys(raw));
  });
});
