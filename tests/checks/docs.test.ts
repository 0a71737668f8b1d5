import { existsSync } from 'node:fs';
import path from 'node:path';
import { newsItem } from '../../src/plugins/email-connect/shared/contracts/news';
import { filesLike, plugin, read, root } from './repository';

const errorCodes = () => {
  const source = read(`${plugin}/server/src/domain/errors.ts`);
  const union = /export type ErrorCode =([^;]+);/.exec(source)?.[1] ?? '';
  return [...union.matchAll(/'([A-Z_]+)'/g)].map(([, code]) => code);
};

const sections = () =>
  read('docs/errors.md')
    .split(/^### /m)
    .slice(1)
    .map((section) => ({ code: section.split('\n', 1)[0], text: section }));

describe('documentation', () => {
  it('docs/errors.md has one section for each error code, in their order', () => {
    expect(errorCodes().length).toBeGreaterThan(30);
    expect(sections().map(({ code }) => code)).toEqual(errorCodes());
  });

  it('each of these sections says what the error means and what to do', () => {
    const incomplete = sections().filter(
      ({ text }) =>
        !/^\*\*What it means\.\*\* .{20}/m.test(text) || !/^\*\*What to do\.\*\* .{20}/m.test(text)
    );

    expect(incomplete.map(({ code }) => code)).toEqual([]);
  });

  it('docs/content-api.md names every event', () => {
    const [, section = ''] = read('docs/content-api.md').split('\n## Events\n');
    const [events = ''] = section.split('\n## ');
    const unnamed = newsItem.shape.kind.options.filter((kind) => {
      const [of = '', what = ''] = kind.split('.');
      return !events.includes(`email-connect.${of}.`) || !events.includes(`.${what}\``);
    });
    expect(unnamed).toEqual([]);
  });

  it('every link to a file of the repository leads somewhere', () => {
    const broken = filesLike(/\.md$/).flatMap((file) =>
      [...read(file).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(path.join(root, path.dirname(file), target)))
        .map((target) => `${file}: ${target}`)
    );

    expect(broken).toEqual([]);
  });

  it('every page that the code names is there', () => {
    const missing = filesLike(/\.(tsx?|mjs|cjs)$/).flatMap((file) =>
      [...read(file).matchAll(/[\w./-]+\.md\b/g)]
        .map(([page]) => page)
        .filter((page) => !['', 'docs'].some((folder) => existsSync(path.join(root, folder, page))))
        .map((page) => `${file}: ${page}`)
    );

    expect(missing).toEqual([]);
  });
});
