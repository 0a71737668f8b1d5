import path from 'node:path';
import { filesLike, plugin, read } from './repository';

const server = `${plugin}/server/src`;
const shipped = filesLike(/\.tsx?$/).filter(
  (file) => file.startsWith(`${plugin}/`) && !/\.test\.tsx?$|\/testing\//.test(file)
);

/** `from to`, by the rooms of the files that import each other; null: a file that stands in none. */
const arrowsBetween = (roomOf: (file: string) => string | null): Set<string> =>
  new Set(
    shipped.flatMap((file) => {
      const from = roomOf(file);
      if (from === null) return [];
      return [...read(file).matchAll(/(?:from|import)\s*\(?'(\.[^']*)'/g)].flatMap(([, specifier = '']) => {
        const target = path.join(path.dirname(file), specifier);
        const to = roomOf(shipped.includes(`${target}/index.ts`) ? `${target}/index` : target);
        return to === null || to === from ? [] : [`${from} ${to}`];
      });
    })
  );

const roomIn =
  (house: string) =>
  (file: string): string | null => {
    const [room, ...rest] = path.relative(house, file).split(path.sep);
    return room === undefined || room === '..' || rest.length === 0 ? null : room;
  };

const layerOf = (file: string): string | null => {
  const inServer = path.relative(server, file);
  if (!inServer.startsWith('..')) return inServer.split(path.sep)[0]?.replace(/\.ts$/, '') ?? null;
  return roomIn(plugin)(file);
};

const architecture = read('ARCHITECTURE.md');
const blockAfter = (line: string): string[] => {
  const [, after = ''] = architecture.split(`\n${line}\n`);
  const [block = ''] = after.split(/\n\n|\n```/);
  return block.split('\n');
};

/** `name -> a b: words`. */
const drawn = (lines: readonly string[]): { rooms: string[]; arrows: Set<string> } => {
  const entries = lines.map((line) => {
    const [, room = '', targets = ''] = /^\s*([\w-]+)\s+(?:-> ([\w -]+))?/.exec(line) ?? [];
    return { room, targets: targets.split(' ').filter(Boolean) };
  });
  return {
    rooms: entries.map(({ room }) => room),
    arrows: new Set(entries.flatMap(({ room, targets }) => targets.map((target) => `${room} ${target}`))),
  };
};

describe('ARCHITECTURE.md', () => {
  test('draws the arrows between the layers, and no others', () => {
    const lines = [...(architecture.match(/^[\w-]+ +-> [\w -]+$/gm) ?? [])];
    const { rooms, arrows } = drawn(lines);
    const found = [...arrowsBetween(layerOf)].filter((arrow) => rooms.includes(arrow.split(' ')[0] ?? ''));
    expect(lines.length).toBeGreaterThan(5);
    expect(found.sort()).toEqual([...arrows].sort());
  });

  test.each([
    ['use-cases/', `${server}/use-cases`],
    ['adapters/records/', `${server}/adapters/records`],
  ])('names every room of %s with what it uses', (line, house) => {
    const { rooms, arrows } = drawn(blockAfter(line));
    const roomOf = roomIn(house);
    const found = new Set(shipped.map(roomOf).filter((room) => room !== null));
    expect([...found].sort()).toEqual([...rooms].sort());
    expect([...arrowsBetween(roomOf)].sort()).toEqual([...arrows].sort());
  });
});
