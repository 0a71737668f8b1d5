import { mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Attachments } from '../../ports';
import { createLocalAttachments } from './local-directory';

let directory = '';
let attachments: Attachments;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'swept-'));
  attachments = createLocalAttachments(directory);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const DAY_MS = 86_400_000;
const yesterday = () => new Date(Date.now() - DAY_MS);

const save = async (text: string): Promise<string> => {
  async function* bytes() {
    yield Buffer.from(text);
  }
  return (await attachments.save(bytes())).storageKey;
};
const age = (name: string): Promise<void> => {
  const twoDaysAgo = new Date(Date.now() - 2 * DAY_MS);
  return utimes(path.join(directory, name), twoDaysAgo, twoDaysAgo);
};
const saveOld = async (text: string): Promise<string> => {
  const storageKey = await save(text);
  await age(storageKey);
  return storageKey;
};
const listed = async (): Promise<string[]> => {
  const found: string[] = [];
  for await (const batch of attachments.listSavedBefore(yesterday()))
    found.push(...batch.map(({ storageKey }) => storageKey));
  return found.sort();
};
const isThere = (storageKey: string): Promise<boolean> =>
  attachments.open(storageKey).then(
    () => true,
    () => false
  );
const hidden = async (): Promise<string[]> =>
  (await readdir(directory)).filter((name) => name.startsWith('.'));

describe('what was saved long ago', () => {
  it('is listed, in batches, and nothing else is', async () => {
    const old = await Promise.all(Array.from({ length: 450 }, (_, i) => saveOld(`old ${i}`)));
    await save('young');
    await writeFile(path.join(directory, old[0]!.slice(0, 2), 'foreign'), '');
    await writeFile(path.join(directory, 'ff.txt'), '');
    expect(await listed()).toEqual([...old].sort());
    const batches: number[] = [];
    for await (const batch of attachments.listSavedBefore(yesterday())) batches.push(batch.length);
    expect(batches.length).toBeGreaterThan(1);
    expect(Math.max(...batches)).toBeLessThanOrEqual(400);
  });

  it('is nothing where nothing was ever saved', async () => {
    await rm(directory, { recursive: true });
    expect(await listed()).toEqual([]);
    expect(await attachments.tidyUp(yesterday())).toBe(0);
  });

  it('is young again when the same bytes are saved again', async () => {
    const storageKey = await saveOld('same');
    await save('same');
    expect(await listed()).toEqual([]);
    expect((await stat(path.join(directory, storageKey))).mtimeMs).toBeGreaterThan(yesterday().getTime());
  });

  it('is removed, once, with nothing left of it', async () => {
    const storageKey = await saveOld('unused');
    const removed = await Promise.all(
      Array.from({ length: 5 }, () => attachments.removeSavedBefore(storageKey, yesterday()))
    );
    expect(removed.filter(Boolean)).toHaveLength(1);
    expect(await isThere(storageKey)).toBe(false);
    expect(await hidden()).toEqual([]);
    await expect(attachments.removeSavedBefore('../outside', yesterday())).rejects.toMatchObject({
      code: 'ATTACHMENT_NOT_STORED',
    });
  });

  it('P2: stays when it was saved again after it was listed', async () => {
    const storageKey = await saveOld('wanted again');
    expect(await listed()).toEqual([storageKey]);
    await save('wanted again');
    expect(await attachments.removeSavedBefore(storageKey, yesterday())).toBe(false);
    expect(await isThere(storageKey)).toBe(true);
    expect(await hidden()).toEqual([]);
  });

  it('P2: stays when it is saved again between the look at its age and its end', async () => {
    const storageKey = await saveOld('the last moment');
    const disk = jest.requireActual<typeof import('node:fs/promises')>('node:fs/promises');
    const remove = jest.spyOn(disk, 'rm').mockImplementationOnce(async (file, options) => {
      await save('the last moment');
      await rm(file, options);
    });
    await attachments.removeSavedBefore(storageKey, yesterday());
    expect(remove).toHaveBeenCalled();
    remove.mockRestore();
    expect(await isThere(storageKey)).toBe(true);
    expect(await hidden()).toEqual([]);
  });

  it('P2: is there whenever a save has ended, however many sweep at that moment', async () => {
    for (let round = 0; round < 40; round += 1) {
      const storageKey = await saveOld(`round ${round}`);
      const sweeps = Array.from({ length: 3 }, () => attachments.removeSavedBefore(storageKey, yesterday()));
      const saves = Array.from({ length: 3 }, () => save(`round ${round}`));
      await Promise.all([...sweeps, ...saves]);
      expect(await isThere(storageKey)).toBe(true);
    }
    expect(await hidden()).toEqual([]);
  });
});

describe('tidying up', () => {
  it('ends what interrupted saves left, once it is old', async () => {
    await save('kept');
    for (const name of ['.incoming-old', '.incoming-young']) await writeFile(path.join(directory, name), 'x');
    await age('.incoming-old');
    expect(await attachments.tidyUp(yesterday())).toBe(1);
    expect(await hidden()).toEqual(['.incoming-young']);
  });

  it('P2: puts back what a crash in the middle of a removal had aside, never over what was saved since', async () => {
    const [lost, savedSince] = [await saveOld('lost'), await saveOld('saved since')];
    for (const key of [lost, savedSince])
      await rename(path.join(directory, key), path.join(directory, `.aside-${key.replace('/', '-')}-0a1b2c`));
    await save('saved since');
    expect(await attachments.tidyUp(yesterday())).toBe(2);
    expect(await hidden()).toEqual([]);
    expect(await listed()).toEqual([lost]);
    expect(await isThere(savedSince)).toBe(true);
  });
});
