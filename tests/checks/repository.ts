import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const root = path.resolve(__dirname, '..', '..');

const UNSEEN = new Set(['node_modules', 'dist', 'build', 'coverage', 'generated']);

const walk = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (UNSEEN.has(entry.name) || (entry.name.startsWith('.') && entry.name !== '.ci')) return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? walk(file) : [file];
  });

/** All files of the repository whose path matches, relative to its root; nothing installed or built. */
export const filesLike = (pattern: RegExp): string[] => walk('').filter((file) => pattern.test(file));

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const versions = z.record(z.string(), z.string()).default({});

const manifestSchema = z.object({
  version: z.string(),
  license: z.string(),
  scripts: versions,
  dependencies: versions,
  devDependencies: versions,
  peerDependencies: versions,
  allowScripts: z.record(z.string(), z.boolean()).default({}),
});

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    })
  ),
});

export const plugin = 'src/plugins/email-connect';
export const manifest = (folder = '') =>
  manifestSchema.parse(JSON.parse(read(path.join(folder, 'package.json'))));
export const lock = () => lockSchema.parse(JSON.parse(read('package-lock.json'))).packages;

/** `node_modules/a/node_modules/@b/c` is the package `@b/c`. */
export const nameOf = (where: string): string => where.split('node_modules/').at(-1) ?? where;
