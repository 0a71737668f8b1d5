import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { EmailConnectError } from '../../domain/errors';
import { errorText } from '../../net/foreign-error';
import type { Attachments, Bytes, StoredFile } from '../../ports';

const TEMPORARY = '.incoming-';
const STORAGE_KEY = /^[0-9a-f]{2}\/[0-9a-f]{62}$/;
const LEFT_OVER_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Files in a directory of this machine, each under the SHA-256 of its bytes (`ab/cdef...`): saving twice is safe, and
 * a file is either whole or not there. Directories are 0700, files 0600. Throws STORAGE_FAILED for a directory below
 * a `public` folder, which a web server hands out to anyone (S30). `save` rejects with STORAGE_FAILED when the disk
 * refuses, and with the error of `content` when that breaks off.
 */
export const createLocalAttachments = (directory: string): Attachments => {
  const root = path.resolve(directory);
  assertPrivate(root);
  return {
    save: (content) => save(root, content),
    open: (storageKey) => openStored(root, storageKey),
    remove: async (storageKey) => {
      const file = fileOf(root, storageKey);
      await onDisk(() => rm(file, { force: true }));
    },
    sweepTemporary: () => sweepTemporary(root),
  };
};

const assertPrivate = (root: string): void => {
  const places = [root, realPathOf(root)];
  if (!places.some((place) => place.split(path.sep).some((folder) => folder.toLowerCase() === 'public')))
    return;
  throw new EmailConnectError(
    'STORAGE_FAILED',
    'Attachments would be stored below a public folder, where anyone could download them.',
    'Set `attachmentsDirectory` to a folder outside `public`.'
  );
};

/** Of the nearest folder that exists: a link on the way may lead into `public`. */
const realPathOf = (folder: string): string => {
  if (existsSync(folder)) return realpathSync(folder);
  const parent = path.dirname(folder);
  return parent === folder ? folder : path.join(realPathOf(parent), path.basename(folder));
};

const save = async (root: string, content: Bytes): Promise<StoredFile> => {
  const temporary = path.join(root, TEMPORARY + randomBytes(12).toString('hex'));
  const file = await onDisk(() => inFolder(root, () => open(temporary, 'wx', 0o600)));
  try {
    const { sha256, size } = await writeAll(file, content);
    const storageKey = `${sha256.slice(0, 2)}/${sha256.slice(2)}`;
    await onDisk(() => moveInto(temporary, path.join(root, storageKey), size));
    return { storageKey, sha256, size };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
};

/** A folder that is not there yet is made at its first file. */
const inFolder = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (errorText(error, 'code') !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return work();
  }
};

const writeAll = async (file: FileHandle, content: Bytes): Promise<{ sha256: string; size: number }> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of content) {
    hash.update(piece);
    size += piece.length;
    await onDisk(() => writeWhole(file, piece));
  }
  // A storage key in the database must not outlive its bytes in a power cut.
  await onDisk(async () => {
    await file.sync();
    await file.close();
  });
  return { sha256: hash.digest('hex'), size };
};

const writeWhole = async (file: FileHandle, piece: Uint8Array): Promise<void> => {
  for (let written = 0; written < piece.length;) {
    const { bytesWritten } = await file.write(piece, written, piece.length - written);
    written += bytesWritten;
  }
};

const moveInto = async (temporary: string, target: string, size: number): Promise<void> => {
  const folder = path.dirname(target);
  const stored = await stat(target).catch(() => null);
  if (stored?.isFile() && stored.size === size) return rm(temporary, { force: true });
  await inFolder(folder, () => rename(temporary, target));
  const handle = await open(folder, 'r');
  // Some file systems cannot sync a folder; the file itself is safe by then.
  await handle.sync().catch(() => undefined);
  await handle.close();
};

const openStored = async (root: string, storageKey: string): Promise<Bytes> => {
  const file = fileOf(root, storageKey);
  const stored = await stat(file).catch(() => null);
  if (!stored?.isFile()) throw notStored();
  return createReadLazily(file);
};

/** Nothing but a key of our own form becomes a path. */
const fileOf = (root: string, storageKey: string): string => {
  if (!STORAGE_KEY.test(storageKey)) throw notStored();
  return path.join(root, storageKey);
};

const notStored = () =>
  new EmailConnectError(
    'ATTACHMENT_NOT_STORED',
    'This file is not in the attachment storage.',
    'Restore the attachments directory from its backup, or fetch the mail again from the mailbox.'
  );

/** The file is opened when the first byte is asked for, so that an answer nobody reads holds no handle. */
async function* createReadLazily(file: string): AsyncGenerator<Uint8Array> {
  const stream = createReadStream(file);
  try {
    for await (const piece of stream) if (piece instanceof Uint8Array) yield piece;
  } catch (error) {
    throw storageFailed(error);
  } finally {
    stream.destroy();
  }
}

const sweepTemporary = async (root: string): Promise<number> => {
  const names = await readdir(root).catch(() => []);
  let swept = 0;
  for (const name of names.filter((entry) => entry.startsWith(TEMPORARY))) {
    const file = path.join(root, name);
    const found = await stat(file).catch(() => null);
    if (!found || Date.now() - found.mtimeMs < LEFT_OVER_AFTER_MS) continue;
    await onDisk(() => rm(file, { force: true }));
    swept += 1;
  }
  return swept;
};

const onDisk = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw storageFailed(error);
  }
};

const NEXT_STEPS: Record<string, string> = {
  ENOSPC: 'Free some space on the disk of the attachments directory; the file is fetched again by itself.',
  EDQUOT: 'Raise the quota of the user that runs Strapi, or free some space.',
  EACCES: 'Give the user that runs Strapi the right to write to the attachments directory.',
  EPERM: 'Give the user that runs Strapi the right to write to the attachments directory.',
  EROFS: 'Set `attachmentsDirectory` to a folder on a disk that can be written to.',
};

const storageFailed = (error: unknown): EmailConnectError => {
  const code = errorText(error, 'code');
  return new EmailConnectError(
    'STORAGE_FAILED',
    'The attachment storage did not take or give a file.',
    NEXT_STEPS[code] ?? 'Check the disk and the rights of the attachments directory.',
    code,
    { cause: error }
  );
};
