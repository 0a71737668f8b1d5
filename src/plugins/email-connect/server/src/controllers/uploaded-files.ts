import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { z } from 'zod';
import type { RequestContext } from './answer';

/** A multipart part as Strapi's body parser leaves it: already on disk. */
const uploadedFile = z.object({
  filepath: z.string(),
  size: z.number().int().nonnegative(),
  originalFilename: z.string().max(255).nullish(),
  mimetype: z.string().max(255).nullish(),
});

/** The parts named `files`. Each is opened when its first byte is read: files of a refused request are never opened. */
export const filesOf = (ctx: RequestContext) =>
  z
    .array(uploadedFile)
    .max(100)
    .parse(listOf(ctx.request.files?.files))
    .map((file) => ({
      fileName: file.originalFilename ?? 'file',
      contentType: file.mimetype ?? 'application/octet-stream',
      size: file.size,
      filepath: file.filepath,
      content: contentOf(file.filepath),
    }));

/**
 * A hash of everything that was written and attached, which tells a repeated press from another mail under the same
 * key (S51).
 */
export const contentHash = async (
  form: object,
  files: readonly { fileName: string; contentType: string; size: number; filepath: string }[]
): Promise<string> => {
  const hash = createHash('sha256').update(JSON.stringify(form));
  for (const { fileName, contentType, size, filepath } of files) {
    hash.update(JSON.stringify([fileName, contentType, size]));
    for await (const piece of contentOf(filepath)) hash.update(piece);
  }
  return hash.digest('hex');
};

/**
 * Deletes the uploads of the request when `work` is over, whatever its result. Strapi's body parser does so for parts
 * named `files` only, and not after an error.
 */
export const withUploads = async <Result>(
  ctx: RequestContext,
  work: () => Promise<Result>
): Promise<Result> => {
  try {
    return await work();
  } finally {
    const parts = z.array(uploadedFile.pick({ filepath: true }).catch({ filepath: '' }));
    const uploads = parts.parse(Object.values(ctx.request.files ?? {}).flatMap(listOf));
    await Promise.all(uploads.filter(({ filepath }) => filepath !== '').map(deleteUpload));
  }
};

/** A single part comes alone, several of one name come as a list. */
const listOf = (parts: unknown): unknown[] => [parts ?? []].flat();

/** A file that cannot be deleted stays in the temporary directory; the answer is more important. */
const deleteUpload = ({ filepath }: { filepath: string }): Promise<void> =>
  rm(filepath, { force: true }).catch(() => undefined);

const PIECE_BYTES = 64 * 1024;

async function* contentOf(filepath: string): AsyncGenerator<Uint8Array> {
  const file = await open(filepath);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE_BYTES), 0, PIECE_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
