import { citedCodes, listedCodes, unknownCodes, untestedCodes } from './cited-codes';
import { filesLike, read } from './repository';

const promises = read('docs/promises.md');
const worlds = read('docs/who-sees-what.md');
const listed = [promises, read('docs/mail-cases.md'), worlds].flatMap(listedCodes);
const known = new Set(listed);

const citing = filesLike(/\.(tsx?|[cm]js|cts|md)$|^\.ci\//);
/** Tests, and the models that they run. */
const tests = citing.filter((file) => /\.test\.tsx?$|^tests\/|\/testing\//.test(file));

/** `S1`, `S2` and so on: what the listed codes that begin so have to be. */
const inOrder = (start: string) => {
  const found = listed.filter((code) => code.startsWith(start) && /^\d+$/.test(code.slice(start.length)));
  return { found, wanted: found.map((_, i) => `${start}${i + 1}`) };
};

describe('codes', () => {
  it.each(['S', 'P', 'a.', 'a.4-', 'b.', 'b.3-', 'c', 'w'])(
    'that begin with %s are listed once, from the first, without a gap',
    (start) => {
      const { found, wanted } = inOrder(start);
      expect(found.length).toBeGreaterThan(6);
      expect(found).toEqual(wanted);
    }
  );

  it('are numbered in no other way', () => {
    const all = ['S', 'P', 'a.', 'a.4-', 'b.', 'b.3-', 'c', 'w'].flatMap((start) => inOrder(start).found);

    expect(listed.filter((code) => !all.includes(code))).toEqual([]);
    expect(known.size).toBe(listed.length);
  });

  it('that code, tests and pages cite are listed', () => {
    expect(citing.flatMap((file) => citedCodes(read(file))).length).toBeGreaterThan(1_000);
    const unknown = citing.flatMap((file) =>
      unknownCodes(read(file), known).map((code) => `${file}: ${code}`)
    );

    expect(unknown).toEqual([]);
  });

  it.each([
    ['promises', promises],
    ['worlds', worlds],
  ])('of %s are marked on the page when no test names them, and only then', (_name, page) => {
    const named = new Set(tests.flatMap((file) => citedCodes(read(file))));

    expect(untestedCodes(page)).toEqual(listedCodes(page).filter((code) => !named.has(code)));
  });

  // In two parts, so that this file cites nothing that is not there.
  it.each([
    ['a comment', '/** Never twice (%). */', 'S', 99],
    ['the name of a test', "it('%: is read', () => {", 'c', 99],
    ['one of several', "test('S21, %: stays away'", 'P', 98],
    ['the end of a sentence', '// As it was before %.', 'a.', 99],
    ['the end of a line', "'T in-reply-to'], // %", 'b.3-', 99],
    ['a message', 'throw new Error(`%: ${key} is missing`);', 'S', 98],
    ['a page', 'Promise % asks for it.', 'P', 99],
  ])('fail in %s where they are unknown', (_where, text, start, number) => {
    const code = `${start}${number}`;
    const line = text.replace('%', code);

    expect(unknownCodes(line, known)).toEqual([code]);
    expect(unknownCodes(line, new Set([...known, code]))).toEqual([]);
  });

  it.each([
    'id: id("a.1@crm.test")',
    "filename*=gb18030''%c4%e3",
    "header('X-Id', '<s15-other@x.test>')",
    "createECDH('P256')",
    "method: 'S256'",
    'import x from "./c99/file"',
    'RFC 8601 B.2',
    'Content-Id: c99.1@x',
  ])('are not seen in %s', (text) => {
    expect(citedCodes(text)).toEqual([]);
  });
});
