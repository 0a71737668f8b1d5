import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import { version } from '../../package.json';
import { createLocalAttachments } from './adapters/attachments/local-directory';
import { createHosts } from './adapters/hosts/resolve-host';
import { createImap } from './adapters/imap';
import { createRateLimits } from './adapters/limits/rate-limits';
import { createMime } from './adapters/mime';
import { createNewsFeed } from './adapters/news/news-feed';
import { createBackground } from './adapters/queue/background';
import { outside } from './adapters/queue/outside';
import { startTicker } from './adapters/queue/ticker';
import { createWakeups } from './adapters/queue/wakeups';
import { narrowForeignQueries } from './adapters/records/access/program-queries';
import { charsetRepairs } from './adapters/records/schema/check-charsets';
import { createRecords } from './adapters/records/create-records';
import { databaseTime } from './adapters/records/base/database-time';
import { createMigrations } from './adapters/records/migrations/create-migrations';
import { createNewsTable } from './adapters/records/news';
import { ensureIndexes, protectTables } from './adapters/records/schema/schema';
import { createSecrets } from './adapters/secrets';
import { createSmtp } from './adapters/smtp';
import { createClock, createRandom } from './adapters/time';
import type { PluginConfig } from './config';
import { asciiDomain, normalizeAddress } from './domain/address/address';
import { toEmailConnectError } from './domain/errors';
import { readPortRange } from './domain/inbox/mail-ports';
import type { Ports } from './ports';
import { followSignals, superviseInboxes } from './use-cases/supervising';
import { createSweeper } from './use-cases/files';
import type { Supervisor } from './use-cases/supervising';
import { withPatience } from './use-cases/waiting';

/** Everything that lives as long as the process. */
export interface Wiring {
  ports: Ports;
  supervisor: Supervisor;
  /** Before Strapi changes tables: migrates the database. Other processes that start wait until `install` has ended. */
  prepare(): Promise<void>;
  /** Sets up the database; safe to repeat. */
  install(): Promise<void>;
  /** Starts the inboxes' loops and the ticker that watches over them. */
  start(): Promise<void>;
  /** Ends the loops, within five seconds. */
  stop(): Promise<void>;
}

/**
 * A mail being submitted may wait a moment longer for its answer; a database that hangs must not keep the process
 * from ending.
 */
const LET_GO_MS = 5_000;

/** Together they take less time than a container is given to end. */
const LAST_RESORT_MS = 3_000;
const ANSWER_MS = 1_000;

const wirings = new WeakMap<Core.Strapi, Wiring>();

/** The one place that knows the real adapters. Built on first use, once for each Strapi. */
export const wiringOf = (strapi: Core.Strapi): Wiring => {
  const wiring = wirings.get(strapi) ?? wire(strapi);
  wirings.set(strapi, wiring);
  return wiring;
};

const wire = (strapi: Core.Strapi): Wiring => {
  const processId = randomUUID();
  const background = createBackground();
  const clock = createClock(databaseTime(strapi));
  const news = newsOf(strapi, clock);
  const ports: Ports = { ...portsOf(strapi), background, clock, news };
  const supervisor = ofNobody(superviseInboxes(ports, processId));
  const sweeper = createSweeper(ports);
  const migrations = createMigrations(strapi, { version, holder: processId, logger: ports.logger });
  const stopping = new AbortController();
  let ticker: ReturnType<typeof startTicker> | null = null;
  let isNarrowed = false;
  let following: Promise<void> | null = null;
  return {
    ports,
    supervisor,
    prepare: async () => {
      try {
        await migrations.beforeSchema();
      } catch (error) {
        // Strapi prints only an error's own message.
        ports.logger.error(lineOf(error));
        throw error;
      }
    },
    install: async () => {
      try {
        await clock.sync();
        if (!isNarrowed) narrowForeignQueries(strapi);
        isNarrowed = true;
        await protectTables(strapi);
        await migrations.afterSchema();
        await ensureIndexes(strapi);
        await warnOfCharsets(strapi, ports);
        await ports.contacts.rebuildIndex();
        await ports.siteTokens.readBefore();
      } finally {
        await migrations.release();
      }
    },
    start: async () => {
      const onError = (error: unknown) => ports.logger.error(`Supervision failed: ${lineOf(error)}`);
      const migrate = () => void migrations.runSteps().catch(onError);
      ticker ??= startTicker(async () => {
        migrate();
        await clock.sync();
        sweeper.tick();
        await supervisor.tick();
      }, onError);
      following ??= followSignals(ports, supervisor, stopping.signal);
      migrate();
      await supervisor.tick();
      sweeper.tick();
    },
    stop: async () => {
      stopping.abort();
      const ends = [background.stop(), migrations.stop()];
      if (ticker) ends.push(ticker.stop());
      if (following) ends.push(following);
      // News are stopped last: loops that end still announce something.
      const stopped = Promise.all([supervisor.stop(), ...ends]).then(async ([haveLoopsEnded]) => {
        await news.stop();
        return haveLoopsEnded;
      });
      const isWhole = (await withPatience(ports.clock, LET_GO_MS, stopped)) === true;
      if (isWhole && (await answers(clock))) return;
      ports.logger.warn('What does not end is left behind: leases and claims run out by themselves.');
      endAnyway(strapi);
    },
  };
};

/** A loop that a request starts outlives the request, and must not keep its context. */
const ofNobody = (supervisor: Supervisor): Supervisor => ({
  ...supervisor,
  heed: (signal) => outside(() => supervisor.heed(signal)),
});

/** Whether the database answers. */
const answers = async (clock: Ports['clock'] & { sync(): Promise<void> }): Promise<boolean> => {
  const answered = clock.sync().then(() => true);
  return (await withPatience(clock, ANSWER_MS, answered).catch(() => null)) === true;
};

/** Strapi waits until the database pool has every connection back, and a connection that hangs never returns. */
const endAnyway = (strapi: Core.Strapi): void => {
  const { client } = strapi.db.connection;
  // knex drops its pool once it has closed it.
  const endOpen = () => Reflect.get(client, 'pool') && process.exit(1);
  setTimeout(endOpen, LAST_RESORT_MS).unref();
};

/** With the next step, and the code of the database's driver. */
const lineOf = (error: unknown): string => {
  const { code, message, nextStep, detail } = toEmailConnectError(error);
  return `${code}: ${message} ${nextStep} ${detail}`.trim();
};

const newsOf = (strapi: Core.Strapi, clock: Ports['clock']): ReturnType<typeof createNewsFeed> =>
  createNewsFeed({
    table: createNewsTable(strapi),
    emit: (item) => strapi.eventHub.emit(`email-connect.${item.kind}`, { ...item }),
    clock,
    logger: loggerOf(strapi),
  });

const warnOfCharsets = async (strapi: Core.Strapi, { logger }: Pick<Ports, 'logger'>): Promise<void> => {
  const repairs = await charsetRepairs(strapi);
  if (repairs.length === 0) return;
  logger.warn(
    `Some tables cannot hold all characters, such as emoji: mail with one of these is set aside (DATA_REFUSED). Make a backup and run: ${repairs.join(' ')}`
  );
};

const portsOf = (strapi: Core.Strapi): Omit<Ports, 'background' | 'clock' | 'news'> => {
  const config = strapi.config.get<PluginConfig>('plugin::email-connect');
  return {
    random: createRandom(),
    hosts: createHosts({
      allowedPrivateHosts: config.allowedPrivateHosts,
      allowedPorts: config.allowedPorts.flatMap((text) => readPortRange(text) ?? []),
    }),
    imap: createImap(),
    smtp: createSmtp(),
    mime: createMime(),
    attachments: createLocalAttachments(path.resolve(strapi.dirs.app.root, config.attachmentsDirectory)),
    secrets: createSecrets(keysOf(strapi, config).map((secret) => ({ secret }))),
    ...createRecords(strapi),
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
  ...loginLimits(most.refusedLoginsPer10Minutes),
  look: [{ times: most.searchesPerMinute, windowMs: MINUTE_MS }],
  log: [{ times: most.logsPerMinute, windowMs: MINUTE_MS }],
});

/**
 * Nobody can use up alone what all may try together, and so keep the others out (decision 13). A test makes two logins, so
 * that one person needs two at least.
 */
const loginLimits = (times: number) => {
  const windowMs = 10 * MINUTE_MS;
  return {
    'own-login': [{ times: Math.max(2, Math.floor(times / 2)), windowMs }],
    login: [{ times, windowMs }],
    'server-login': [{ times: 3 * times, windowMs }],
  } as const;
};

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
