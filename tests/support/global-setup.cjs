const path = require('node:path');
const { detectServices } = require('./detect-services.cjs');

/** Looks once, before any worker starts: `describeWith` has to know while Jest collects tests, which is synchronous. */
module.exports = async () => {
  const { staleBuilds } = await import('../../dev/run/steps.mjs');
  process.env.EMAIL_CONNECT_SERVICES = JSON.stringify(await detectServices());
  process.env.EMAIL_CONNECT_STALE = staleBuilds(path.resolve(__dirname, '..', '..')).join(' ');
};
