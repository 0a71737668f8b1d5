import { filesLike, plugin, read } from './repository';

const code = filesLike(/\.(ts|tsx|mjs|cjs)$|^\.ci\//);
const shipped = code.filter((file) => file.startsWith(`${plugin}/`) && !/\.test\.tsx?$/.test(file));

const linesOfCode = (file: string) =>
  read(file)
    .split('\n')
    .filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;

/** `file: line` for every line that matches; the patterns are put together so that this file does not match. */
const linesLike = (files: readonly string[], pattern: RegExp) =>
  files.flatMap((file) =>
    read(file)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`)
  );

describe('source', () => {
  it('sees the code', () => {
    expect(shipped.length).toBeGreaterThan(20);
  });

  it('no file has more than 300 lines of code', () => {
    expect(code.filter((file) => linesOfCode(file) > 300)).toEqual([]);
  });

  it('the plugin writes to the log of Strapi, never to the console', () => {
    expect(linesLike(shipped, /\bconsole\.\w+\(/)).toEqual([]);
  });

  it('no rule is switched off in the code', () => {
    const switches = ['eslint' + '-disable', '@ts' + '-ignore', '@ts' + '-nocheck', '@ts' + '-expect-error'];

    expect(linesLike(code, new RegExp(switches.join('|')))).toEqual([]);
  });

  it('no test is skipped or left alone by hand', () => {
    const tests = code.filter(
      (file) => /\.test\.tsx?$/.test(file) && !file.endsWith('skip-reporter.test.ts')
    );

    expect(
      linesLike(
        tests,
        /\b(describe|it|test)\.(skip|only|todo|failing)\b|\b(xit|xtest|xdescribe|fit|fdescribe)\(/
      )
    ).toEqual([]);
  });

  it('no two types have one name: who reads it would have to know which file it came from', () => {
    const named = new Map<string, string[]>();
    for (const file of shipped) {
      for (const [, name = ''] of read(file).matchAll(/^export (?:interface|type|class) (\w+)/gm)) {
        named.set(name, [...(named.get(name) ?? []), file]);
      }
    }
    expect([...named].filter(([, files]) => files.length > 1)).toEqual([]);
  });

  it('a case that the types rule out throws, and answers nothing', () => {
    expect(linesLike(code, new RegExp('satisfies' + ' never'))).toEqual([]);
  });
});
