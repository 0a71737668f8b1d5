import type { Core, Struct, UID } from '@strapi/strapi';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';

/** A type of the site that somebody gave a relation to mail. */
const deal = {
  'src/api/deal/content-types/deal/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'deals',
    info: { singularName: 'deal', pluralName: 'deals', displayName: 'Deal' },
    options: { draftAndPublish: false },
    attributes: {
      title: { type: 'string' },
      thread: { type: 'relation', relation: 'oneToOne', target: 'plugin::email-connect.email-thread' },
    },
  }),
};

describe('S33: a relation from a type of the site to mail', () => {
  let app: TestStrapi;
  let strapi: Core.Strapi;
  let model: Struct.ContentTypeSchema;

  beforeAll(async () => {
    app = await startStrapi({ database: 'sqlite', name: 'relations', files: deal });
    strapi = app.strapi;
    model = strapi.contentType('api::deal.deal' as UID.ContentType);
  }, 120_000);
  afterAll(() => app.stop());

  it('brings its facts to whoever may read them, and nothing of what it says', async () => {
    const thread = {
      subject: 'Offer',
      preview: 'Yes please',
      messages: [{ subject: 'Re: Offer', text: 'Yes please', html: '<p>Yes please</p>' }],
    };
    expect(await strapi.contentAPI.sanitize.output({ title: 'Ship', thread }, model)).toEqual({
      title: 'Ship',
      thread: { subject: 'Offer', messages: [{ subject: 'Re: Offer' }] },
    });
  });

  it.each([
    [{ filters: { thread: { preview: { $contains: 'Yes' } } } }],
    [{ filters: { $or: [{ thread: { messages: { text: { $contains: 'Yes' } } } }] } }],
    [{ sort: 'thread.preview' }],
    [{ populate: { thread: { fields: ['preview'] } } }],
    [{ populate: { thread: { populate: { messages: { sort: 'html:asc' } } } } }],
    [{ populate: { thread: { populate: { messages: { filters: { text: { $notNull: true } } } } } } }],
  ])('answers no question about that: %j', async (query) => {
    await expect(strapi.contentAPI.validate.query(query, model)).rejects.toThrow(
      /Invalid key (text|html|preview)/
    );
  });
});
