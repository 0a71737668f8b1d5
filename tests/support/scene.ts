import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { PluginConfig } from '../../src/plugins/email-connect/server/src/config';
import { crmOf } from '../../dev/demo/crm';
import type { Crm } from '../../dev/demo/crm';
import { createDatabase } from './test-database';
import type { DatabaseKind, TestDatabase } from './test-database';
import { startStrapiProcess } from '../../dev/strapi/strapi-process';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';

/** Where the mail servers of a scene listen, and whom they trust. */
export interface SceneMail {
  imapsPort: number;
  /** Implicit TLS, or STARTTLS where `smtpTls` says so. */
  smtpPort: number;
  smtpTls: 'implicit' | 'starttls';
  /** PEM; Strapi trusts it as it would an authority's. */
  certificate: string;
}

export interface Scene {
  /** Everything that this Strapi writes is below it. */
  dir: string;
  strapi: StrapiProcess;
  crm: Crm;
  attachmentsDirectory: string;
  /** What the connect form of this mailbox holds. */
  inboxForm(address: string, password: string): Parameters<Crm['connectInbox']>[0];
  /** Starts the same Strapi again on the same data, after `strapi.stop()` or `kill9()`; `extra` for this time only. */
  restart(extra?: Record<string, string>): Promise<void>;
  /** A second Strapi beside it, on the same database and files, as behind a load balancer. The caller ends it. `extra` is for it alone. */
  startAnother(extra?: Record<string, string>): Promise<StrapiProcess>;
  /** What a query of its database answers, whichever database that is. */
  rows(sql: string): Promise<unknown[]>;
  /** Runs one statement there. */
  run(sql: string): Promise<void>;
  openDatabase: TestDatabase['open'];
  /** Lets the time be over for which a process that was killed still holds its inboxes. */
  endLeases(): Promise<void>;
  end(): Promise<void>;
}

const limitVariables = {
  sendsPerMinute: 'EMAIL_CONNECT_SENDS_PER_MINUTE',
  sendsPerHour: 'EMAIL_CONNECT_SENDS_PER_HOUR',
  connectionTestsPer10Minutes: 'EMAIL_CONNECT_CONNECTION_TESTS_PER_10_MINUTES',
  refusedLoginsPer10Minutes: 'EMAIL_CONNECT_REFUSED_LOGINS_PER_10_MINUTES',
  searchesPerMinute: 'EMAIL_CONNECT_SEARCHES_PER_MINUTE',
  logsPerMinute: 'EMAIL_CONNECT_LOGS_PER_MINUTE',
} as const satisfies Record<keyof PluginConfig['rateLimits'], string>;

/** The variables that set these limits. */
export const limitsEnv = (limits: Partial<PluginConfig['rateLimits']>): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(limits) as (keyof typeof limits)[]).map((name) => [
      limitVariables[name],
      String(limits[name]),
    ])
  );

/** A suite does in a minute what a person does in a week. */
const UNREACHED: PluginConfig['rateLimits'] = {
  sendsPerMinute: 100_000,
  sendsPerHour: 100_000,
  searchesPerMinute: 100_000,
  logsPerMinute: 100_000,
  connectionTestsPer10Minutes: 100_000,
  refusedLoginsPer10Minutes: 100_000,
};

/** A Strapi in production mode with a database and folder of its own, allowed to reach the mail servers on this machine. */
export const startScene = async (
  mail: SceneMail,
  env: Record<string, string> = {},
  kind: DatabaseKind = 'sqlite'
): Promise<Scene> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'email-connect-scene-'));
  const database = await createDatabase(kind, `ec_scene_${process.pid}_${Date.now()}`, dir);
  const certificateFile = path.join(dir, 'trusted.pem');
  await writeFile(certificateFile, mail.certificate);
  const attachmentsDirectory = path.join(dir, 'attachments');
  const start = (extra: Record<string, string> = {}, logsTo = dir) =>
    startStrapiProcess({
      dir: logsTo,
      database: database.env,
      env: {
        NODE_EXTRA_CA_CERTS: certificateFile,
        EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS: 'localhost',
        EMAIL_CONNECT_ALLOWED_PORTS: '1024-65535',
        EMAIL_CONNECT_ATTACHMENTS_DIRECTORY: attachmentsDirectory,
        ...limitsEnv(UNREACHED),
        ...env,
        ...extra,
      },
    });
  const strapi = await start();
  const scene: Scene = {
    dir,
    strapi,
    crm: crmOf(strapi.url, strapi.admin.token),
    attachmentsDirectory,
    inboxForm: (address, password) => {
      const server = { host: 'localhost', username: address, pinnedCertificate: null };
      return {
        label: '',
        address,
        senderName: 'Uma Us',
        provider: 'custom',
        imap: { ...server, port: mail.imapsPort, tls: 'implicit' },
        smtp: { ...server, port: mail.smtpPort, tls: mail.smtpTls },
        imapPassword: password,
        smtpPassword: password,
      };
    },
    restart: async (extra) => {
      scene.strapi = await start(extra);
      scene.crm = crmOf(scene.strapi.url, scene.strapi.admin.token);
    },
    startAnother: (extra) => start(extra, path.join(dir, 'another')),
    rows: database.rows,
    run: database.run,
    openDatabase: database.open,
    endLeases: () => database.run('update email_connect_leases set expires_at = 0'),
    end: async () => {
      await scene.strapi.stop();
      await database.drop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return scene;
};
