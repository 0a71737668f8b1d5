import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { filesBelow, filesHolding } from './search-files';

describe('filesHolding', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'email-connect-search-'));
  const file = path.join(folder, 'deep', 'file');
  const secret = 'correct horse battery';
  mkdirSync(path.dirname(file));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['clear text', `\0\xff${secret}\n`],
    ['hex', Buffer.from(secret).toString('hex')],
    ['UTF-16', Buffer.from(secret, 'utf16le')],
    ['base64 from its first byte', Buffer.from(`${secret} and more`).toString('base64')],
    ['base64 from its second', Buffer.from(`x${secret}y`).toString('base64')],
    ['base64 from its third', Buffer.from(`\0u${secret}`).toString('base64')],
  ])('finds what is written in %s', (_, content) => {
    writeFileSync(file, content);
    expect(filesHolding(secret, filesBelow(folder))).toEqual([file]);
  });

  it('finds nothing where it is not', () => {
    writeFileSync(file, 'correct horse');
    expect(filesHolding(secret, filesBelow(folder))).toEqual([]);
  });
});
