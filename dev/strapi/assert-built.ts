import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

const outputs = {
  server: 'src/plugins/email-connect/dist/server/index.js',
  app: 'dist/src/index.js',
  panel: 'dist/build/index.html',
};

/**
 * Throws when one of the builds is missing, or older than its sources where these were compared (the tests do this
 * once): Strapi silently skips a plugin without its dist and then drops the plugin's tables, and a stale build would
 * be tested unnoticed.
 */
export const assertBuilt = (
  builds: readonly (keyof typeof outputs)[],
  stale: string = process.env.EMAIL_CONNECT_STALE ?? ''
): void => {
  const old = builds.filter(
    (build) => stale.split(' ').includes(build) || !existsSync(path.join(root, outputs[build]))
  );
  if (old.length === 0) return;
  throw new Error(
    `The build of the ${old.join(' and the ')} is missing, or older than its sources: run node dev/run.mjs build first.`
  );
};
