// Loaded into a Strapi process by --require: ends it, as kill -9 would, at one point of recording mail.
// CRASH_AT names the point. Only the transaction that writes mail counts; the first that gets there dies.
const { createRequire } = require('node:module');
const path = require('node:path');

const knexOf = createRequire(
  createRequire(path.join(process.cwd(), 'package.json')).resolve('@strapi/database')
);
const dialects = ['better-sqlite3', 'postgres', 'mysql'];

const die = () => process.kill(process.pid, 'SIGKILL');
const MAIL = /insert into [`"]?email_connect_messages/i;
const writing = new WeakSet();

for (const dialect of dialects) {
  const { prototype } = knexOf(`knex/lib/dialects/${dialect}/index.js`);
  const ask = prototype._query;
  prototype._query = async function query(connection, statement) {
    const { sql = '' } = statement ?? {};
    if (MAIL.test(sql)) {
      // The files are stored, the transaction is open.
      if (process.env.CRASH_AT === 'in-transaction') die();
      writing.add(connection);
    }
    const commits = /^COMMIT/i.test(sql) && writing.has(connection);
    if (commits && process.env.CRASH_AT === 'before-commit') die();
    const answer = await ask.call(this, connection, statement);
    // Recorded, and nobody told.
    if (commits && process.env.CRASH_AT === 'after-commit') die();
    return answer;
  };
}
