// Loaded into a Strapi process by --require: ends it, as kill -9 would, before the first statement that matches
// CRASH_BEFORE, a regular expression.
const { createRequire } = require('node:module');
const path = require('node:path');

const knexOf = createRequire(
  createRequire(path.join(process.cwd(), 'package.json')).resolve('@strapi/database')
);
const fatal = new RegExp(process.env.CRASH_BEFORE ?? '$^', 'i');

for (const dialect of ['better-sqlite3', 'postgres', 'mysql']) {
  const { prototype } = knexOf(`knex/lib/dialects/${dialect}/index.js`);
  const ask = prototype._query;
  prototype._query = function query(connection, statement) {
    if (fatal.test(statement?.sql ?? '')) process.kill(process.pid, 'SIGKILL');
    return ask.call(this, connection, statement);
  };
}
