import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UID } from '@strapi/strapi';
import { z } from 'zod';
import { strapiAdmin } from '../../dev/strapi/strapi-admin';
import type { StrapiAdmin } from '../../dev/strapi/strapi-admin';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { CANARY, plantRows } from '../support/planted-rows';
import type { PlantedType } from '../support/planted-rows';
import { filtersOf, orderBodies, ordersOf } from '../support/question-forms';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';

jest.setTimeout(120_000);

/** A type that a site's developer may make: with a relation to each of ours, one and many. */
const site = 'api::deal.deal';
const ours = [
  'contact',
  'email-thread',
  'email-message',
  'attachment',
  'inbox',
  'logging-rule',
  'email-template',
];
const fieldOf = (name: string, many: boolean) => `${many ? 'all' : 'one'}_${name.replace('-', '_')}`;
const dealSchema = {
  kind: 'collectionType',
  collectionName: 'deals',
  info: { singularName: 'deal', pluralName: 'deals', displayName: 'Deal' },
  options: { draftAndPublish: false },
  attributes: {
    title: { type: 'string' },
    rank: { type: 'integer' },
    ...Object.fromEntries(
      ours.flatMap((name) =>
        [false, true].map((many) => [
          fieldOf(name, many),
          {
            type: 'relation',
            relation: many ? 'manyToMany' : 'manyToOne',
            target: `plugin::email-connect.${name}`,
          },
        ])
      )
    ),
  },
};

/** A relation that leads to one of our types. */
interface Edge {
  from: string;
  field: string;
  to: PlantedType;
}

let app: TestStrapi;
let server: Server;
let planted: PlantedType[];
/** Those of them with fields that are seen on no page of the Content Manager. */
let closed: PlantedType[];
let edges: Edge[];
/** Types whose records the caller may open in the Content Manager, with one record of each. */
let openable: { uid: string; documentId: string }[];
let dealIds: string[];
let caller: AdminClient;
let admin: StrapiAdmin;

beforeAll(async () => {
  const files = { 'src/api/deal/content-types/deal/schema.json': JSON.stringify(dealSchema) };
  app = await startStrapi({ database: 'sqlite', name: 'private_fields', files });
  const { strapi } = app;
  planted = await plantRows(strapi);
  closed = planted.filter(({ kept }) => kept.length > 0);
  // Not Strapi's own server: our loops begin when that one listens.
  strapi.server.mount();
  const respond = strapi.server.app.callback();
  server = createServer((request, response) => void respond(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rowsOf = (name: string) => planted.find(({ uid }) => uid.endsWith(`.${name}`))?.rows ?? [];
  const dataOf = (which: 0 | 1) =>
    Object.fromEntries(
      ours.flatMap((name) => [
        [fieldOf(name, false), rowsOf(name)[which]],
        [fieldOf(name, true), rowsOf(name)],
      ])
    );
  // Two that are alike but in their rank, so that an order shows.
  const deals = strapi.documents(site as UID.ContentType);
  const { documentId } = await deals.create({ data: { title: 'Deal', rank: 1, ...dataOf(0) } });
  const second = await deals.create({ data: { title: 'Deal', rank: 2, ...dataOf(1) } });
  dealIds = [documentId, second.documentId];
  openable = [
    { uid: site, documentId },
    ...planted
      .filter(({ uid }) => /\.(?:contact|logging-rule|email-template)$/.test(uid))
      .map(({ uid, rows }) => ({ uid, documentId: rows[0] })),
  ];
  edges = Object.values(strapi.contentTypes).flatMap(({ uid, attributes }) =>
    Object.entries(attributes).flatMap(([field, attribute]) => {
      const target: unknown = Reflect.get(Object(attribute), 'target');
      const to = planted.find((type) => type.uid === target);
      return to ? [{ from: uid, field, to }] : [];
    })
  );
  admin = await strapiAdmin(url);
  const rights = openable.flatMap(({ uid }) =>
    ['read', 'create', 'update'].map((verb) => ({
      action: `plugin::content-manager.explorer.${verb}`,
      subject: uid,
      // As the form for roles has them, when all boxes are ticked.
      fields: Object.keys(strapi.getModel(uid as UID.ContentType).attributes).filter(
        (field) => !/^(?:created|updated|published)(?:At|By)$/.test(field)
      ),
    }))
  );
  caller = adminClient(url, await addAdminUser(admin, 'rules', rights));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await app.stop();
});

const ask = async (path: string): Promise<{ status: number; text: string }> => {
  const answer = await caller.call('GET', `/content-manager${path}`);
  return { status: answer.status, text: await answer.text() };
};

const isList = (place: string) => !place.startsWith('/relations');

/** Where the records of an open type, and those that a relation of theirs leads to, are asked for. */
const placesOf = ({ from, field }: Edge): string[] =>
  openable
    .filter(({ uid }) => uid === from)
    .flatMap(({ uid, documentId }) => [
      `/collection-types/${uid}`,
      `/collection-types/${uid}/${documentId}`,
      `/relations/${uid}/${field}`,
      `/relations/${uid}/${documentId}/${field}`,
    ]);

/** Of these, the ones that look for records. */
const listsOf = (edge: Edge): string[] =>
  placesOf(edge).filter((place) => !openable.some(({ documentId }) => place.includes(documentId)));

/** The relations to closed types, one to each: of many, every record is asked for in the same way. */
const singleEdges = () => edges.filter(({ to, field }) => closed.includes(to) && !field.startsWith('all'));

/** Ways to ask for more than is shown, of what the relation leads to and of what lies behind that. */
const asksFor = ({ field, to }: Edge): string[] => {
  const further = Object.entries(app.strapi.getModel(to.uid).attributes).flatMap(([name, { type }]) =>
    type === 'relation' ? [name] : []
  );
  const fields = to.kept.map((kept, nth) => `fields[${nth}]=${kept}`).join('&');
  return [
    '',
    '?populate=*',
    '?fields=*',
    '?fields[0]=*',
    '?select=*',
    `?populate[${field}][populate]=*`,
    `?populate[${field}][fields]=*`,
    `?_q=${CANARY}`,
    `?${fields}`,
    `?fields=${to.kept.join(',')}`,
    `?populate[${field}][${fields.replaceAll('&', `&populate[${field}][`).replaceAll('fields[', 'fields][')}`,
    ...to.kept.slice(0, 2).map((kept) => `?fields=${kept}`),
    ...further.flatMap((name) => [
      `?populate=${name}`,
      `?populate[${name}]=true`,
      `?populate[${name}][fields]=*`,
      `?populate[0]=${name}`,
      `?populate=${field}.${name}`,
    ]),
  ];
};

/** What everybody may see of a record that is related: that it is there, and since when. */
const OPEN = ['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt', 'locale', 'status'];

/** The fields in an answer that stand in a record of a type that is not opened there. */
const told = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  const here = Reflect.get(value, 'documentId');
  const isClosed = closed.some(({ rows }) => rows.includes(here));
  return Object.entries(value).flatMap(([name, of]) => [
    ...(isClosed && !OPEN.includes(name) ? [name] : []),
    ...told(of),
  ]);
};

const found = z.object({ results: z.array(z.object({ documentId: z.string() })) });

/** Both answers to a question and to its opposite, where they differ. */
const differ = async (one: string, other: string): Promise<string[]> => {
  const [there, nowhere] = [await ask(one), await ask(other)];
  return there.status === nowhere.status && there.text === nowhere.text ? [] : [one];
};

describe('S33, S36: what is private in a content type of ours, or has screens of our own', () => {
  test('there are relations to all of them, and four have fields that nobody sees there', () => {
    for (const { uid } of planted) expect(edges.map(({ to }) => to.uid)).toContain(uid);
    expect(closed).toHaveLength(4);
  });

  test('is in no answer of the Content Manager, through whatever relation it is asked for', async () => {
    const leaks: string[] = [];
    for (const edge of edges.filter(({ to }) => closed.includes(to)))
      for (const place of placesOf(edge))
        for (const asked of asksFor(edge)) {
          const { text } = await ask(place + asked);
          const found = told(JSON.parse(text));
          if (found.length > 0 || text.includes(CANARY)) leaks.push(`${place}${asked}: ${found.join(' ')}`);
        }
    expect(leaks).toEqual([]);
  });

  test('is told by no filter: what is there and what is not are answered alike', async () => {
    const oracles: string[] = [];
    for (const edge of singleEdges())
      for (const place of listsOf(edge))
        for (const [nth, kept] of edge.to.kept.entries()) {
          const key = isList(place) ? `[${edge.field}][${kept}]` : `[${kept}]`;
          // Every field by itself, some of them also in every form that Strapi reads.
          const forms = [`filters${key}`, ...(nth < 2 ? filtersOf(key) : [])];
          for (const form of forms)
            oracles.push(
              ...(await differ(`${place}?${form}[$notNull]=true`, `${place}?${form}[$null]=true`))
            );
        }
    expect(oracles).toEqual([]);
  });

  test('is told by no order', async () => {
    const orders: string[] = [];
    for (const edge of singleEdges())
      for (const place of listsOf(edge))
        for (const [nth, kept] of edge.to.kept.entries()) {
          const path = isList(place) ? [edge.field, kept] : [kept];
          const words = [`sort=${path.join('.')}:`, `sort[0]=${path.join('.')}:`];
          for (const order of [...words, ...(nth < 2 ? ordersOf(path) : [])])
            orders.push(...(await differ(`${place}?${order}asc`, `${place}?${order}desc`)));
        }
    expect(orders).toEqual([]);
  });

  test('is told by no order and no filter of what is populated', async () => {
    const oracles: string[] = [];
    for (const edge of edges.filter(({ to, field }) => closed.includes(to) && field.startsWith('all')))
      for (const place of placesOf(edge))
        for (const kept of edge.to.kept.slice(0, 4)) {
          const inside = `${place}?populate[${edge.field}]`;
          oracles.push(
            ...(await differ(`${inside}[sort]=${kept}:asc`, `${inside}[sort]=${kept}:desc`)),
            ...(await differ(
              `${inside}[filters][${kept}][$notNull]=true`,
              `${inside}[filters][${kept}][$null]=true`
            ))
          );
        }
    expect(oracles).toEqual([]);
  });

  test('is told by no order of the records that are looked through before they are published', async () => {
    const orders: string[] = [];
    const path = `/content-manager/collection-types/${site}/actions/bulkFindForValidation`;
    const orderOf = async (sort: unknown): Promise<string[]> => {
      const answer = await caller.call('POST', path, { documentIds: dealIds, sort });
      return found.parse(await answer.json()).results.map(({ documentId }) => documentId);
    };
    for (const { field, to } of singleEdges().filter(({ from }) => from === site))
      for (const [nth, kept] of to.kept.entries())
        for (const orderBy of orderBodies([field, kept]).slice(0, nth < 2 ? undefined : 1)) {
          const [up, down] = [await orderOf(orderBy('asc')), await orderOf(orderBy('desc'))];
          if (up.join() !== down.join()) orders.push(JSON.stringify(orderBy('asc')));
        }
    expect(orders).toEqual([]);
    // What stands in the record itself is still an order.
    expect(await orderOf('rank:desc')).toEqual((await orderOf('rank:asc')).reverse());
  });

  test('is in no answer to who writes what leads to it', async () => {
    const path = `/content-manager/collection-types/${site}`;
    const related = Object.fromEntries(
      singleEdges()
        .filter(({ from }) => from === site)
        .map(({ field, to }) => [field, { connect: [{ documentId: to.rows[1] }] }])
    );
    for (const [method, to] of [
      ['POST', path],
      ['PUT', `${path}/${dealIds[0]}`],
      ['POST', `${path}/clone/${dealIds[0]}`],
      ['POST', `${path}/auto-clone/${dealIds[0]}`],
    ] as const)
      for (const asked of ['', '?populate=*', '?fields=*', '?populate[one_inbox][fields]=*']) {
        const answer = await caller.call(method, to + asked, { title: 'Written', ...related });
        const text = await answer.text();
        expect([method, to, answer.ok, told(JSON.parse(text)), text.includes(CANARY)]).toEqual([
          method,
          to,
          true,
          [],
          false,
        ]);
      }
  });

  test('has no page there for who has the right to other types, and says nothing to who has every right', async () => {
    for (const { uid, rows } of closed)
      for (const path of [`/collection-types/${uid}`, `/collection-types/${uid}/${rows[0]}`]) {
        expect([path, (await ask(path)).status]).toEqual([path, 403]);
        const text = await (await admin.fetch('GET', `/content-manager${path}`)).text();
        expect([path, told(JSON.parse(text)), text.includes(CANARY)]).toEqual([path, [], false]);
      }
  });
});
