import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Core } from '@strapi/strapi';
import { startStrapi } from '../strapi-app';
import type { TestStrapi } from '../strapi-app';
import type { Bypass } from './bypass';

export const person = 'api::person.person';
export const builtIn = 'plugin::email-connect.contact';
export const teamDomain = 'staff.crm.test';

const localized = { pluginOptions: { i18n: { localized: true } } };
const core = (kind: string) =>
  `module.exports = require('@strapi/strapi').factories.createCore${kind}('${person}');`;

/** Contacts in two languages with drafts, each of which may name a conversation: a site's own way to our types. */
const files = {
  'src/api/person/content-types/person/schema.json': JSON.stringify({
    kind: 'collectionType',
    collectionName: 'people',
    info: { singularName: 'person', pluralName: 'people', displayName: 'Person' },
    options: { draftAndPublish: true },
    pluginOptions: { i18n: { localized: true } },
    attributes: {
      name: { type: 'string', ...localized },
      email: { type: 'string', ...localized },
      further: { type: 'json', ...localized },
      talk: {
        type: 'relation',
        relation: 'manyToOne',
        target: 'plugin::email-connect.email-thread',
        useJoinTable: false,
      },
    },
  }),
  'src/api/person/controllers/person.js': core('Controller'),
  'src/api/person/services/person.js': core('Service'),
  'src/api/person/routes/person.js': core('Router'),
};

const often = 1_000_000;
const config = {
  teamDomains: [teamDomain],
  contactTypes: [
    { uid: person, nameField: 'name', addressFields: ['email', 'further'] },
    { uid: builtIn, nameField: 'name', addressFields: ['email', 'furtherEmails'] },
  ],
  rateLimits: {
    sendsPerMinute: often,
    sendsPerHour: often,
    connectionTestsPer10Minutes: often,
    refusedLoginsPer10Minutes: often,
    searchesPerMinute: often,
    logsPerMinute: often,
  },
};

export interface CanarySite {
  app: TestStrapi;
  strapi: Core.Strapi;
  url: string;
  /** What makes a route forget its duty, to prove that the walk finds it. */
  bypass: { now: Bypass | null };
  /** `GET /email-connect/threads/:documentId`, of every route that the server answers. */
  routes: string[];
  stop(): Promise<void>;
}

/** A Strapi in this process that answers over HTTP. */
export const startCanarySite = async (name: string): Promise<CanarySite> => {
  const plugins = { 'email-connect': { enabled: true, config } };
  const app = await startStrapi({ database: 'sqlite', name, plugins, files });
  const { strapi } = app;
  // What is refused, and what the Content Manager makes of it, is no news.
  strapi.log.silent = true;
  const bypass: CanarySite['bypass'] = { now: null };
  strapi.server.app.middleware.unshift((ctx, next) => (bypass.now ? bypass.now(ctx, next) : next()));
  strapi.server.mount();
  const answer = strapi.server.app.callback();
  const server = createServer((request, response) => void answer(request, response));
  // Planting may take longer than an idle connection is kept by default.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    app,
    strapi,
    url: `http://127.0.0.1:${port}`,
    bypass,
    routes: routesOf(strapi),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.stop();
    },
  };
};

const routesOf = (strapi: Core.Strapi): string[] => [
  ...new Set(
    strapi.server
      .listRoutes()
      .flatMap(({ methods, path }: { methods: string[]; path: string }) =>
        methods.filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`)
      )
  ),
];
