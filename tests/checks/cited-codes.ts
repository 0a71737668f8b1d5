/**
 * A code as docs/promises.md, docs/mail-cases.md and docs/who-sees-what.md number them: S19, P6, c31, a.13, b.3-11, w12. No code: what is part of an
 * id, an address, a path or a number (`a.1@x`, `%c4`, `P256`).
 */
const CODE =
  /(?<![\w.%@=\\/#<-])(?:[SP]\d{1,2}|[cw]\d{1,2}|[ab]\.\d{1,2}(?:-\d{1,2})?)(?!\w|[.@/=(<]\w|[@=(<])/g;

export const citedCodes = (text: string): string[] => [...new Set(text.match(CODE))];

/** What a page lists: one code in bold at the beginning of each item, in the order of the page. */
export const listedCodes = (page: string): string[] =>
  [...page.matchAll(/^ *- \*\*([SPcw]\d+|[ab]\.\d+(?:-\d+)?)\*\* /gm)].map(([, code = '']) => code);

/** What the page says no test names. */
export const untestedCodes = (page: string): string[] =>
  listedCodes(
    page
      .split('\n')
      .filter((line) => line.endsWith('_No test yet._'))
      .join('\n')
  );

export const unknownCodes = (text: string, known: ReadonlySet<string>): string[] =>
  citedCodes(text).filter((code) => !known.has(code));
