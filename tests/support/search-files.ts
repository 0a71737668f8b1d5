import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every regular file below these folders. */
export const filesBelow = (...folders: string[]): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
  );

/** Those of `files` whose bytes hold `secret`: in clear text, in hex, or in base64 wherever it begins. */
export const filesHolding = (secret: string, files: readonly string[]): string[] => {
  const forms = formsOf(secret);
  return files.filter((file) => {
    const bytes = bytesOf(file);
    return forms.some((form) => bytes.includes(form));
  });
};

/** A file that went meanwhile, such as a database's journal, holds nothing any more. */
const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
};

const formsOf = (secret: string): Buffer[] => {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((before) =>
    // Its first and last characters depend on what stands beside it.
    Buffer.concat([Buffer.alloc(before), bytes, Buffer.alloc(2)])
      .toString('base64')
      .slice(before === 0 ? 0 : before + 1, Math.floor(((bytes.length + before) * 8) / 6))
  );
  const utf16 = Buffer.from(secret, 'utf16le');
  return [bytes, utf16, ...[bytes.toString('hex'), ...base64].map((form) => Buffer.from(form))];
};
