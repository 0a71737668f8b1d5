import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RequestContext } from './answer';
import { contentHash, filesOf, withUploads } from './uploaded-files';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'email-connect-uploads-'));
});

afterEach(() => rm(directory, { recursive: true, force: true }));

const requestWith = (files?: Record<string, unknown>): RequestContext =>
  ({ request: { files } }) as unknown as RequestContext;

const upload = async (name: string, content = 'content of the file') => {
  const filepath = path.join(directory, name);
  await writeFile(filepath, content);
  return { filepath, size: content.length, originalFilename: `${name}.pdf`, mimetype: 'application/pdf' };
};

const textOf = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};

describe('uploaded files', () => {
  it('have name, type, size and bytes, whether one came or several', async () => {
    const [file] = filesOf(requestWith({ files: await upload('a') }));
    expect(file).toMatchObject({ fileName: 'a.pdf', contentType: 'application/pdf', size: 19 });
    expect(await textOf(file!.content)).toBe('content of the file');
    const long = await upload('b', 'b'.repeat(200_000));
    const several = filesOf(requestWith({ files: [long, await upload('empty', '')] }));
    expect(await Promise.all(several.map(({ content }) => textOf(content)))).toEqual([
      'b'.repeat(200_000),
      '',
    ]);
    expect(filesOf(requestWith())).toEqual([]);
  });

  it('S47: are not opened before their first byte is asked for', async () => {
    const missing = { ...(await upload('a')), filepath: path.join(directory, 'nowhere') };
    const [file] = filesOf(requestWith({ files: missing }));
    await expect(textOf(file!.content)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.each([-1, 1.5, '3', undefined])('a size of %s is none', async (size) => {
    const files = { ...(await upload('a')), size };
    expect(() => filesOf(requestWith({ files }))).toThrow();
  });

  it('S47: are deleted when the work is done, and when it failed, whatever the parts are called', async () => {
    const parts = async () =>
      requestWith({
        files: [await upload('a'), await upload('b')],
        other: await upload('c'),
        text: 'no file',
      });
    expect(await withUploads(await parts(), async () => (await readdir(directory)).length)).toBe(3);
    expect(await readdir(directory)).toEqual([]);
    const failed = withUploads(await parts(), () => Promise.reject(new Error('refused')));
    await expect(failed).rejects.toThrow('refused');
    expect(await readdir(directory)).toEqual([]);
  });

  it('a request without any is answered all the same', async () => {
    expect(await withUploads(requestWith(), async () => 'answer')).toBe('answer');
  });

  it('S51: two files are another mail than one that holds both, whatever stands between them', async () => {
    const hashOf = async (...contents: string[]) => {
      const files = await Promise.all(contents.map((content, at) => upload(`${at}`, content)));
      return contentHash({}, filesOf(requestWith({ files })));
    };
    const between = (size: number) => [
      `a["1.pdf","application/pdf"]b`,
      `a["1.pdf","application/pdf",${size}]b`,
    ];
    for (const joined of between(1)) expect(await hashOf('a', 'b')).not.toBe(await hashOf(joined));
    expect(await hashOf('a', 'b')).toBe(await hashOf('a', 'b'));
  });
});
