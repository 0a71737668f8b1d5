const { existsSync } = require('node:fs');
const net = require('node:net');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const PATIENCE_MS = 3000;

const chromiumPath = (env = process.env) =>
  [env.CHROMIUM_PATH, '/usr/bin/chromium'].find((file) => file && existsSync(file)) ?? '';

const dovecotPath = () => {
  const parts = ['/usr/lib/dovecot/imap', '/usr/lib/dovecot/lmtp', '/usr/lib/dovecot/submission'];
  const binary = '/usr/sbin/dovecot';
  return [binary, ...parts].every((file) => existsSync(file)) ? binary : '';
};

/** Debian's own places: a test starts `master` itself, with a configuration of its own. */
const postfixPath = () => {
  const binary = '/usr/lib/postfix/sbin/master';
  return [binary, '/usr/sbin/postfix'].every((file) => existsSync(file)) ? binary : '';
};

const askPostgres = async (address) => {
  const { Client } = require('pg');
  const client = new Client({ connectionString: address, connectionTimeoutMillis: PATIENCE_MS });
  await client.connect();
  await client.end();
};

const askMariadb = async (address) => {
  const connection = await require('mysql2/promise').createConnection({
    uri: address,
    connectTimeout: PATIENCE_MS,
  });
  await connection.end();
};

/** A PING in Redis' own protocol, so that detecting it needs no client library. */
const askRedis = (address) =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    const socket = net.connect({ host: hostname, port: Number(port || 6379), timeout: PATIENCE_MS });
    const fail = (error) => {
      socket.destroy();
      reject(error);
    };
    socket.on('error', fail);
    socket.on('timeout', () => fail(new Error('no answer')));
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (answer) => {
      socket.destroy();
      if (/^(\+PONG|-NOAUTH)/.test(answer.toString())) resolve();
      else reject(new Error(`it answered ${answer.toString().slice(0, 40).trim()}`));
    });
  });

const file = (where) => async () => {
  const address = where();
  return address
    ? { found: true, address, reason: '' }
    : { found: false, address: '', reason: 'not installed' };
};

const server = (address, ask) => async () => {
  try {
    await ask(address);
    return { found: true, address, reason: '' };
  } catch (error) {
    return { found: false, address, reason: error.code || error.message || String(error) };
  }
};

const folder = (address) => async () => {
  const found = existsSync(address);
  return { found, address, reason: found ? '' : 'no such folder' };
};

/** What tests may need besides npm: how to look for it, and how a person gets it. */
const services = (env = process.env) => ({
  dovecot: {
    look: file(dovecotPath),
    get: 'apt-get install -y --no-install-recommends dovecot-imapd dovecot-lmtpd dovecot-submissiond',
  },
  postfix: {
    look: file(postfixPath),
    get: 'apt-get install -y --no-install-recommends postfix',
  },
  chromium: {
    look: file(() => chromiumPath(env)),
    get: 'apt-get install -y --no-install-recommends chromium fonts-liberation, or set CHROMIUM_PATH',
  },
  postgres: {
    look: server(env.POSTGRES_URL || 'postgres://postgres@127.0.0.1:5432/postgres', askPostgres),
    get: 'apt-get install -y postgresql, start it, and set POSTGRES_URL if it is not postgres://postgres@127.0.0.1:5432/postgres',
  },
  mariadb: {
    look: server(env.MARIADB_URL || 'mysql://root@127.0.0.1:3306', askMariadb),
    get: 'apt-get install -y mariadb-server, start it, and set MARIADB_URL if it is not mysql://root@127.0.0.1:3306',
  },
  redis: {
    look: server(env.REDIS_URL || 'redis://127.0.0.1:6379', askRedis),
    get: 'apt-get install -y redis-server, start it, and set REDIS_URL if it is not redis://127.0.0.1:6379',
  },
  corpus: {
    look: folder(path.resolve(root, env.CORPUS_DIR || '../shared/corpus')),
    get: 'put the corpus of real mail into a folder and name it in CORPUS_DIR',
  },
});

/** Looks for every service at once: `{ name: { found, address, reason, get } }`. */
const detectServices = async (env = process.env) => {
  const looked = Object.entries(services(env)).map(async ([name, { look, get }]) => [
    name,
    { ...(await look()), get },
  ]);
  return Object.fromEntries(await Promise.all(looked));
};

module.exports = { chromiumPath, detectServices };
