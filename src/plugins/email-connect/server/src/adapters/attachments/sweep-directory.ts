import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { link, opendir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorText } from '../../net/foreign-error';
import type { StoredContent } from '../../ports';
import { onDisk } from './on-disk';
import { contentOf, fileOf } from './stored-path';

/** Files of saves that are under way, or were interrupted. */
export const TEMPORARY = '.incoming-';
const ASIDE = /^\.aside-([0-9a-f]{2})-([0-9a-f]{62})-[0-9a-f]+$/;
/** Keys in one batch: so many fit into one query of any database. */
const BATCH = 400;

/** Content that was last saved before `before`, in batches while the directory is read, however large it is. */
export async function* listSavedBefore(root: string, before: Date): AsyncGenerator<StoredContent[]> {
  let batch: StoredContent[] = [];
  let looked = 0;
  for await (const folder of entriesOf(root)) {
    if (!folder.isDirectory() || !/^[0-9a-f]{2}$/.test(folder.name)) continue;
    for await (const { name } of entriesOf(path.join(root, folder.name))) {
      if (!/^[0-9a-f]{62}$/.test(name)) continue;
      if (await isOlder(path.join(root, folder.name, name), before))
        batch.push(contentOf(folder.name + name));
      looked += 1;
      if (looked % BATCH > 0) continue;
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

/**
 * Removes a file unless it was saved again since `before`. The file is moved aside first and its time checked there:
 * a save of the same bytes at that moment finds no file and writes a new one; if the save was earlier, the file is
 * moved back.
 */
export const removeSavedBefore = async (root: string, storageKey: string, before: Date): Promise<boolean> => {
  const file = fileOf(root, storageKey);
  const aside = path.join(root, `.aside-${storageKey.replace('/', '-')}-${randomBytes(6).toString('hex')}`);
  return onDisk(async () => {
    if (!(await isThere(rename(file, aside)))) return false;
    if (await isOlder(aside, before)) {
      await rm(aside, { force: true });
      return true;
    }
    await putBack(aside, file);
    return false;
  });
};

/**
 * Removes the remains of interrupted saves, and moves back files that an interrupted removal left aside. Resolves
 * with their number.
 */
export const tidyUp = async (root: string, before: Date): Promise<number> => {
  let tidied = 0;
  for await (const { name } of entriesOf(root)) {
    const file = path.join(root, name);
    const [, start, rest] = ASIDE.exec(name) ?? [];
    if (start && rest) await onDisk(() => putBack(file, path.join(root, start, rest)));
    else if (name.startsWith(TEMPORARY) && (await isOlder(file, before)))
      await onDisk(() => rm(file, { force: true }));
    else continue;
    tidied += 1;
  }
  return tidied;
};

/** Never over a file that was saved meanwhile: its time must stay. */
const putBack = async (aside: string, file: string): Promise<void> => {
  try {
    await link(aside, file);
  } catch (error) {
    const code = errorText(error, 'code');
    if (code === 'ENOENT') return;
    // Some file systems have no hard links.
    if (code !== 'EEXIST') return rename(aside, file);
  }
  await rm(aside, { force: true });
};

/** Yields nothing for a directory that is missing, or was removed meanwhile. */
async function* entriesOf(directory: string): AsyncGenerator<Dirent> {
  const opened = await onDisk(() => orNull(opendir(directory)));
  if (opened) yield* opened;
}

const isOlder = async (file: string, before: Date): Promise<boolean> => {
  const found = await orNull(stat(file));
  return found !== null && found.mtimeMs < before.getTime();
};

const isThere = async (work: Promise<void>): Promise<boolean> =>
  (await orNull(work.then(() => true))) ?? false;

const orNull = async <Result>(work: Promise<Result>): Promise<Result | null> => {
  try {
    return await work;
  } catch (error) {
    if (errorText(error, 'code') === 'ENOENT') return null;
    throw error;
  }
};
