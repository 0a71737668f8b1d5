const { detectServices } = require('./detect-services.cjs');

/** Looks once, before any worker starts: `describeWith` has to know while Jest collects tests, which is synchronous. */
module.exports = async () => {
  process.env.EMAIL_CONNECT_SERVICES = JSON.stringify(await detectServices());
};
