import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/**
 * Whether `node_modules` holds what package-lock.json names. npm keeps the list of what it installed in
 * `node_modules/.package-lock.json`; comparing versions is exact where file times are not (a git checkout
 * renews them). Optional packages may be missing: they belong to other systems.
 */
export const isInstalled = (root) => {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = packagesOf(hidden);
  return Object.entries(packagesOf(path.join(root, 'package-lock.json')))
    .filter(([where, wanted]) => where.includes('node_modules/') && !wanted.link && !wanted.optional)
    .every(([where, wanted]) => present[where]?.version === wanted.version);
};
