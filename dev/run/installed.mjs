import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** Names that this repository's own packages ask for. */
const askedFor = (locked) =>
  Object.entries(locked)
    .filter(([where]) => !where.includes('node_modules/'))
    .flatMap(([, own]) => Object.keys({ ...own.dependencies, ...own.devDependencies }));

/**
 * Whether `node_modules` holds what package-lock.json names. npm keeps the list of what it installed in
 * `node_modules/.package-lock.json`; comparing versions is exact where file times are not (a git checkout renews
 * them). npm leaves out optional packages of other systems and unneeded peers; so every installed package must match
 * the lock, and the packages that we ask for ourselves must be installed.
 */
export const isInstalled = (root) => {
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = packagesOf(hidden);
  const locked = packagesOf(path.join(root, 'package-lock.json'));
  const isAsLocked = ([where, { version }]) =>
    !where.includes('node_modules/') || locked[where]?.link || locked[where]?.version === version;
  const isThere = (name) => {
    const where = `node_modules/${name}`;
    return locked[where]?.link || locked[where]?.optional || where in present;
  };
  return Object.entries(present).every(isAsLocked) && askedFor(locked).every(isThere);
};
