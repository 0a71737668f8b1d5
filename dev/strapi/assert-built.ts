import { existsSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

const outputs = {
  server: 'src/plugins/email-connect/dist/server/index.js',
  app: 'dist/src/index.js',
  panel: 'dist/build/index.html',
};

/**
 * Throws when one of them is missing, or older than its sources where somebody looked (the tests do, once): Strapi skips a
 * plugin without its dist in silence and then drops the plugin's tables, and a stale one would be tested without a word.
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
