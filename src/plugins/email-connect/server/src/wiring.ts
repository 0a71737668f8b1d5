import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { createLocalAttachments } from './adapters/attachments/local-directory';
import { createHosts } from './adapters/discovery/resolve-host';
import { createImap } from './adapters/imap';
import { createRateLimits } from './adapters/limits/rate-limits';
import { createMime } from './adapters/mime';
import { createNewsFeed } from './adapters/news/news-feed';
import { createBackground } from './adapters/queue/background';
import { startTicker } from './adapters/queue/ticker';
import { createWakeups } from './adapters/queue/wakeups';
import { createRecords } from './adapters/records/create-records';
import { createMigrations } from './adapters/records/migrations/create-migrations';
import { ensureIndexes, protectTables } from './adapters/records/schema';
import { createSecrets } from './adapters/secrets';
import { createSmtp } from './adapters/smtp';
import { createClock, createRandom } from './adapters/time';
import { version } from '../../package.json';
import type { PluginConfig } from './config';
import { asciiDomain, normalizeAddress } from './domain/address/address';
import { toEmailConnectError } from './domain/errors';
import type { Ports } from './ports';
import { superviseInboxes } from './use-cases/supervise-inboxes';
import type { Supervisor } from './use-cases/supervise-inboxes';

/** All that lives as long as the process. */
export interface Wiring {
  ports: Ports;
  supervisor: Supervisor;
  /** Before Strapi changes tables: migrates the database. Other processes that start wait until `install` has ended. */
  prepare(): Promise<void>;
  /** Makes the database ours; safe to repeat. */
  install(): Promise<void>;
  /** Starts the inboxes' loops and the clock that watches over them. */
  start(): Promise<void>;
  /** Drains them. */
  stop(): Promise<void>;
}

const wirings = new WeakMap<Core.Strapi, Wiring>();

/** The one place that knows what is real. Built on first use, once for each Strapi. */
export const wiringOf = (strapi: Core.Strapi): Wiring => {
  const wiring = wirings.get(strapi) ?? wire(strapi);
  wirings.set(strapi, wiring);
  return wiring;
};

const wire = (strapi: Core.Strapi): Wiring => {
  const processId = randomUUID();
  const background = createBackground();
  const ports: Ports = { ...portsOf(strapi, processId), background };
  const supervisor = superviseInboxes(ports, processId);
  const migrations = createMigrations(strapi, { version, holder: processId, logger: ports.logger });
  let ticker: ReturnType<typeof startTicker> | null = null;
  return {
    ports,
    supervisor,
    prepare: async () => {
      try {
        await migrations.beforeSchema();
      } catch (error) {
        // Strapi prints only what an error says, not what to do about it.
        const { code, message, nextStep, detail } = toEmailConnectError(error);
        ports.logger.error(`${code}: ${message} ${nextStep} ${detail}`.trim());
        throw error;
      }
    },
    install: async () => {
      try {
        await protectTables(strapi);
        await migrations.afterSchema();
        await ensureIndexes(strapi);
        await ports.contacts.rebuildIndex();
      } finally {
        await migrations.release();
      }
    },
    start: async () => {
      const onError = (error: unknown) => ports.logger.error(`Supervision failed: ${String(error)}`);
      const migrate = () => void migrations.runSteps().catch(onError);
      ticker ??= startTicker(async () => {
        migrate();
        await supervisor.tick();
      }, onError);
      migrate();
      await supervisor.tick();
      await ports.attachments.sweepTemporary();
    },
    stop: async () => {
      await ticker?.stop();
      await Promise.all([supervisor.stop(), background.stop(), migrations.stop()]);
    },
  };
};

const portsOf = (strapi: Core.Strapi, processId: string): Omit<Ports, 'background'> => {
  const config = strapi.config.get<PluginConfig>('plugin::email-connect');
  return {
    clock: createClock(),
    random: createRandom(),
    hosts: createHosts({ allowedPrivateHosts: config.allowedPrivateHosts }),
    imap: createImap(),
    smtp: createSmtp(),
    mime: createMime(),
    attachments: createLocalAttachments(path.resolve(strapi.dirs.app.root, config.attachmentsDirectory)),
    secrets: createSecrets(keysOf(strapi, config).map((secret) => ({ secret }))),
    ...createRecords(strapi),
    news: createNewsFeed(strapi, processId),
    wakeups: createWakeups(),
    rateLimits: createRateLimits(limitsOf(config)),
    settings: {
      attachmentLimitBytes: config.attachmentLimitBytes,
      textLimitBytes: config.textLimitBytes,
      outgoingLimitBytes: config.outgoingLimitBytes,
      passIntervalMs: config.passIntervalSeconds * 1000,
      teamAddresses: config.teamAddresses.map(normalizeAddress),
      teamDomains: config.teamDomains.map(asciiDomain),
      backfillDailyBytes: config.backfillDailyBytes,
    },
    logger: loggerOf(strapi),
  };
};

const MINUTE_MS = 60_000;

const limitsOf = ({ rateLimits: most }: PluginConfig): Parameters<typeof createRateLimits>[0] => ({
  send: [
    { times: most.sendsPerMinute, windowMs: MINUTE_MS },
    { times: most.sendsPerHour, windowMs: 60 * MINUTE_MS },
  ],
  connect: [{ times: most.connectionTestsPer10Minutes, windowMs: 10 * MINUTE_MS }],
  login: [{ times: most.refusedLoginsPer10Minutes, windowMs: 10 * MINUTE_MS }],
  look: [{ times: most.searchesPerMinute, windowMs: MINUTE_MS }],
  log: [{ times: most.logsPerMinute, windowMs: MINUTE_MS }],
});

const keysOf = (strapi: Core.Strapi, config: PluginConfig): string[] => {
  if (config.encryptionKeys.length > 0) return config.encryptionKeys;
  const key = strapi.config.get<string | undefined>('admin.secrets.encryptionKey');
  return key ? [key] : [];
};

const loggerOf = (strapi: Core.Strapi): Ports['logger'] => ({
  debug: (message) => strapi.log.debug(`[email-connect] ${message}`),
  info: (message) => strapi.log.info(`[email-connect] ${message}`),
  warn: (message) => strapi.log.warn(`[email-connect] ${message}`),
  error: (message) => strapi.log.error(`[email-connect] ${message}`),
});
