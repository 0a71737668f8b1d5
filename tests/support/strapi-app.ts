import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { assertBuilt } from '../../dev/strapi/assert-built';
import { testSecrets } from '../../dev/strapi/test-secrets';
import { createDatabase } from './test-database';
import type { DatabaseKind, TestDatabase } from './test-database';

const root = path.resolve(__dirname, '..', '..');

export interface StrapiOptions {
  database: DatabaseKind;
  /** Names the folder and the database: lower-case letters, digits and underscores. */
  name: string;
  /** Stands in for what config/plugins.ts says of these plugins. */
  plugins?: Record<string, object>;
  /** More files of the app as they are compiled, by their path below `dist`: content types, components. */
  files?: Record<string, string>;
  /** For a program that runs TypeScript as it is: Strapi's ESM form cannot be loaded there. */
  loadStrapi?: () => Promise<typeof import('@strapi/strapi')>;
}

export interface TestStrapi {
  /** Loaded, not listening. */
  strapi: Core.Strapi;
  /** Ends this Strapi and starts another on the same database. When that fails, none runs until the next restart. */
  restart(options?: Pick<StrapiOptions, 'plugins'>): Promise<Core.Strapi>;
  /** Its folder, and what config/database.ts reads: for processes of their own on the same database. */
  dir: string;
  databaseEnv: Record<string, string>;
  /** Ends it and removes all it left. */
  stop(): Promise<void>;
}

/**
 * Loads the compiled app inside this process, with a folder and a database of its own. One at a time: Strapi keeps
 * itself in a global. Throws when the app or the plugin is not built.
 */
export const startStrapi = async ({
  database,
  name,
  plugins,
  files = {},
  loadStrapi = () => import('@strapi/strapi'),
}: StrapiOptions): Promise<TestStrapi> => {
  assertBuilt(['server', 'app']);
  // Below the root, so that compiled configuration finds its packages.
  const dir = path.join(root, '.tmp', 'tests', `${name}_${database}_${process.pid}`);
  rmSync(dir, { recursive: true, force: true });
  const dist = path.join(dir, 'dist');
  cpSync(path.join(root, 'dist', 'config'), path.join(dist, 'config'), { recursive: true });
  renameSync(path.join(dist, 'config', 'plugins.js'), path.join(dist, 'plugins-of-the-app.js'));
  write(path.join(dist, 'config', 'plugins.js'), pluginsFile);
  write(path.join(dist, 'config', 'logger.js'), "module.exports = { level: 'error' };");
  for (const [file, content] of Object.entries(files)) write(path.join(dist, file), content);
  const made = await createDatabase(database, `ec_${name}_${process.pid}`, dir);
  setEnvironment(dir, made);
  let running: Core.Strapi | null = null;
  const load = async (configured: StrapiOptions['plugins'] = {}) => {
    write(path.join(dist, 'plugins.json'), JSON.stringify(configured));
    // Not before the environment is set: loading Strapi reads .env.
    const { createStrapi } = await loadStrapi();
    const created = createStrapi({ appDir: root, distDir: dist, serveAdminPanel: false, autoReload: false });
    try {
      running = await created.load();
      return running;
    } catch (error) {
      await created.destroy();
      throw error;
    }
  };
  const end = async () => {
    const ending = running;
    running = null;
    await ending?.destroy();
  };
  const remove = async () => {
    await made.drop();
    rmSync(dir, { recursive: true, force: true });
  };
  let strapi = await load(plugins).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    dir,
    databaseEnv: made.env,
    get strapi() {
      return strapi;
    },
    restart: async (options) => {
      await end();
      strapi = await load(options?.plugins ?? plugins);
      return strapi;
    },
    stop: async () => {
      await end();
      await remove();
    },
  };
};

/** Read anew at every start: Node keeps what it once required. */
const pluginsFile = `
const { readFileSync } = require('node:fs');
const app = require('../plugins-of-the-app.js').default;
module.exports = (context) => ({ ...app(context), ...JSON.parse(readFileSync(__dirname + '/../plugins.json', 'utf8')) });
`;

const write = (file: string, content: string): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** Whatever .env says is written over: tests never touch a developer's database. */
const setEnvironment = (dir: string, { env }: TestDatabase): void => {
  Object.assign(process.env, testSecrets, env, {
    EMAIL_CONNECT_ATTACHMENTS_DIRECTORY: path.join(dir, 'attachments'),
    STRAPI_TELEMETRY_DISABLED: 'true',
  });
};
