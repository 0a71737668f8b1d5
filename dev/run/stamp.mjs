import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SKIPPED = /(^|\/)(node_modules|dist|\.[^/]+)(\/|$)|\.test\.tsx?$/;

const filesBelow = (root, entry) => {
  const full = path.join(root, entry);
  if (SKIPPED.test(entry) || !existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [entry];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesBelow(root, `${entry}/${name}`));
};

/** One hash over the names and contents of all source files below the entries; tests do not count. */
export const hashSources = (root, entries, except = []) => {
  const hash = createHash('sha256');
  for (const file of entries.flatMap((entry) => filesBelow(root, entry))) {
    if (except.some((prefix) => file.startsWith(prefix))) continue;
    const content = readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};

const stampFile = (root, name) => path.join(root, '.cache', 'email-connect', `${name}.stamp`);

/** Whether the outputs exist and were made from sources with this hash. */
export const isFresh = (root, name, outputs, hash) =>
  outputs.every((output) => existsSync(path.join(root, output))) &&
  existsSync(stampFile(root, name)) &&
  readFileSync(stampFile(root, name), 'utf8') === hash;

/** Records the hash of the sources from which the outputs were made. */
export const writeStamp = (root, name, hash) => {
  mkdirSync(path.dirname(stampFile(root, name)), { recursive: true });
  writeFileSync(stampFile(root, name), hash);
};
