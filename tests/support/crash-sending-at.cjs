// Loaded into a Strapi process by --require: ends it, as kill -9 would, at one point of sending a mail.
// The file CRASH_SENDING names holds the point; it is read anew each time, so that a test chooses when.
const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');

const fromApp = createRequire(path.join(process.cwd(), 'package.json'));
const knexOf = createRequire(fromApp.resolve('@strapi/database'));
const dialects = ['better-sqlite3', 'postgres', 'mysql'];

const dieAt = (point) => {
  if (readFileSync(process.env.CRASH_SENDING, 'utf8') === point) process.kill(process.pid, 'SIGKILL');
};

const OUTBOX = /^update [`"]?email_connect_outbox[`"]? set/i;

for (const dialect of dialects) {
  const { prototype } = knexOf(`knex/lib/dialects/${dialect}/index.js`);
  const ask = prototype._query;
  prototype._query = async function query(connection, statement) {
    const { sql = '' } = statement ?? {};
    if (OUTBOX.test(sql) && /attempt_id[`"]? = /.test(sql)) dieAt('before-claim');
    // The server has said yes, and nobody knows.
    if (OUTBOX.test(sql) && /server_response[`"]? = /.test(sql)) dieAt('before-record');
    return ask.call(this, connection, statement);
  };
}

// Sent was searched before.
const { ImapFlow } = fromApp('imapflow');
const append = ImapFlow.prototype.append;
ImapFlow.prototype.append = async function appendOrDie(...args) {
  dieAt('before-append');
  const appended = await append.apply(this, args);
  dieAt('after-append');
  return appended;
};
