import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, realpathSync } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { EmailConnectError } from '../../domain/errors';
import { errorText } from '../../net/foreign-error';
import type { Attachments, Bytes, StoredFile } from '../../ports';
import { onDisk, storageFailed } from './on-disk';
import { contentOf, fileOf, notStored } from './stored-path';
import { listSavedBefore, removeSavedBefore, TEMPORARY, tidyUp } from './sweep-directory';

/**
 * Files in a directory of this machine, each under the SHA-256 of its bytes (`ab/cdef...`): saving twice is safe, and
 * a file is either whole or not there. Directories are 0700, files 0600. Throws STORAGE_FAILED for a directory below
 * a `public` folder, which a web server hands out to anyone (S30). `save` rejects with STORAGE_FAILED when the disk
 * refuses, and with the error of `content` when `content` breaks off.
 */
export const createLocalAttachments = (directory: string): Attachments => {
  const root = path.resolve(directory);
  assertPrivate(root);
  return {
    save: (content) => save(root, content),
    measure: async (content) => {
      const { sha256, size } = await hashed(content, async () => undefined);
      return { ...contentOf(sha256), size };
    },
    open: (storageKey) => openStored(root, storageKey),
    remove: async (storageKey) => {
      const file = fileOf(root, storageKey);
      await onDisk(() => rm(file, { force: true }));
    },
    listSavedBefore: (before) => listSavedBefore(root, before),
    removeSavedBefore: (storageKey, before) => removeSavedBefore(root, storageKey, before),
    tidyUp: (before) => tidyUp(root, before),
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

/** The real path of the nearest folder that exists: a link on the way may lead into `public`. */
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
    const stored = contentOf(sha256);
    await onDisk(() => moveInto(temporary, fileOf(root, stored.storageKey)));
    return { ...stored, size };
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
};

/** A missing folder is made with its first file. */
const inFolder = async <Result>(folder: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (errorText(error, 'code') !== 'ENOENT') throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return work();
  }
};

const writeAll = async (file: FileHandle, content: Bytes): Promise<Hashed> => {
  const written = await hashed(content, (piece) => onDisk(() => writeWhole(file, piece)));
  // A storage key in the database must not outlive its bytes in a power cut.
  await onDisk(async () => {
    await file.sync();
    await file.close();
  });
  return written;
};

interface Hashed {
  sha256: string;
  size: number;
}

const hashed = async (content: Bytes, onPiece: (piece: Uint8Array) => Promise<void>): Promise<Hashed> => {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of content) {
    hash.update(piece);
    size += piece.length;
    await onPiece(piece);
  }
  return { sha256: hash.digest('hex'), size };
};

const writeWhole = async (file: FileHandle, piece: Uint8Array): Promise<void> => {
  for (let written = 0; written < piece.length;) {
    const { bytesWritten } = await file.write(piece, written, piece.length - written);
    written += bytesWritten;
  }
};

/** Replaces a file that is there: the bytes are the same, and the new time keeps a sweep from deleting them. */
const moveInto = async (temporary: string, target: string): Promise<void> => {
  const folder = path.dirname(target);
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
