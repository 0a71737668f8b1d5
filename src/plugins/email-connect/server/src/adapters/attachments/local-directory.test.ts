import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EmailConnectError } from '../../domain/errors';
import { createLocalAttachments } from './local-directory';

let base = '';
let directory = '';

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'attachments-'));
  directory = path.join(base, 'deep', 'store');
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function* bytes(...pieces: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}
const readAll = async (content: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;
const temporaryFiles = async (): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.startsWith('.incoming-'));

describe('local attachments', () => {
  it('are found under the hash of their bytes', async () => {
    const attachments = createLocalAttachments(directory);
    const stored = await attachments.save(bytes('hello ', 'world'));
    const sha256 = createHash('sha256').update('hello world').digest('hex');
    expect(stored).toEqual({ storageKey: `${sha256.slice(0, 2)}/${sha256.slice(2)}`, sha256, size: 11 });
    expect(await readAll(await attachments.open(stored.storageKey))).toBe('hello world');
  });

  it('are measured as they would be saved, and then not kept', async () => {
    const attachments = createLocalAttachments(directory);
    const measured = await attachments.measure(bytes('hello ', 'world'));
    expect(existsSync(directory)).toBe(false);
    expect(measured).toEqual(await attachments.save(bytes('hello ', 'world')));
  });

  it('P2: the same bytes twice, or at once, are one file', async () => {
    const attachments = createLocalAttachments(directory);
    const stored = await Promise.all(Array.from({ length: 10 }, () => attachments.save(bytes('same'))));
    expect(new Set(stored.map(({ storageKey }) => storageKey)).size).toBe(1);
    expect(await readdir(path.dirname(path.join(directory, stored[0]!.storageKey)))).toHaveLength(1);
    expect(await temporaryFiles()).toEqual([]);
  });

  it('P2: a file that a crash cut short is made whole by the next save', async () => {
    const attachments = createLocalAttachments(directory);
    const { storageKey } = await attachments.save(bytes('whole'));
    await writeFile(path.join(directory, storageKey), 'who');
    await attachments.save(bytes('whole'));
    expect(await readAll(await attachments.open(storageKey))).toBe('whole');
  });

  it('stores an empty file', async () => {
    const attachments = createLocalAttachments(directory);
    const { storageKey, size } = await attachments.save(bytes());
    expect(size).toBe(0);
    expect(await readAll(await attachments.open(storageKey))).toBe('');
  });

  it('S30: nobody else on the machine reads them', async () => {
    const { storageKey } = await createLocalAttachments(directory).save(bytes('private'));
    const file = path.join(directory, storageKey);
    expect(await Promise.all([directory, path.dirname(file), file].map(modeOf))).toEqual([
      0o700, 0o700, 0o600,
    ]);
  });

  it('S30: never lie below a public folder, not even through a link', async () => {
    const publicFolder = path.join(base, 'Public', 'uploads');
    await mkdir(publicFolder, { recursive: true });
    await symlink(publicFolder, path.join(base, 'innocent'));
    for (const folder of ['public', 'public/files', 'Public/uploads', 'innocent', 'innocent/files']) {
      expect(() => createLocalAttachments(path.join(base, folder))).toThrow(
        expect.objectContaining({ code: 'STORAGE_FAILED' })
      );
    }
    expect(() => createLocalAttachments(path.join(base, 'public-relations'))).not.toThrow();
  });

  it.each([
    '',
    '../../secret',
    '../store/../../secret',
    '../../../etc/passwd',
    '/etc/passwd',
    'ab/../../secret',
    `ab/${'c'.repeat(61)}`,
    `ab/${'c'.repeat(63)}`,
    `AB/${'c'.repeat(62)}`,
    `ab/${'c'.repeat(62)}\n`,
    `ab\\${'c'.repeat(62)}`,
    `ab/${'c'.repeat(62)}`,
  ])('S37: refuse the key %j', async (storageKey) => {
    await writeFile(path.join(base, 'secret'), 'secret');
    await expect(createLocalAttachments(directory).open(storageKey)).rejects.toMatchObject({
      code: 'ATTACHMENT_NOT_STORED',
    });
  });

  it('leave nothing of a save that broke off, and pass on why', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'lost', 'retry');
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('half');
      throw lost;
    }
    await expect(createLocalAttachments(directory).save(content())).rejects.toBe(lost);
    expect(await readdir(directory)).toEqual([]);
  });

  it('say that the storage failed when the disk refuses', async () => {
    await writeFile(path.join(base, 'file'), '');
    const attachments = createLocalAttachments(path.join(base, 'file', 'below'));
    await expect(attachments.save(bytes('x'))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      detail: 'ENOTDIR',
    });
    const stored = await createLocalAttachments(directory).save(bytes('first'));
    await rm(path.dirname(path.join(directory, stored.storageKey)), { recursive: true });
    await writeFile(path.join(directory, stored.storageKey.slice(0, 2)), 'in the way');
    await expect(createLocalAttachments(directory).save(bytes('first'))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
    expect(await temporaryFiles()).toEqual([]);
  });

  it('say what to do when the disk is full, and leave nothing', async () => {
    const probe = await open(path.join(base, 'probe'), 'w');
    const write = jest.spyOn(Object.getPrototypeOf(probe), 'write');
    await probe.close();
    write.mockRejectedValueOnce(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    await expect(createLocalAttachments(directory).save(bytes('x'))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      detail: 'ENOSPC',
      nextStep: expect.stringContaining('space'),
    });
    write.mockRestore();
    expect(await readdir(directory)).toEqual([]);
  });

  it('remove what they are told to, whether it is still there or not, and nothing outside', async () => {
    const attachments = createLocalAttachments(directory);
    const { storageKey } = await attachments.save(bytes('composed'));
    await attachments.remove(storageKey);
    await expect(attachments.open(storageKey)).rejects.toMatchObject({ code: 'ATTACHMENT_NOT_STORED' });
    await expect(attachments.remove(storageKey)).resolves.toBeUndefined();
    await expect(attachments.remove('../outside')).rejects.toMatchObject({ code: 'ATTACHMENT_NOT_STORED' });
  });
});
