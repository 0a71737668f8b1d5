import { providers } from '../../src/plugins/email-connect/server/src/domain/provider/providers';
import { filesLike, plugin, read } from './repository';

const table = `${plugin}/server/src/domain/provider/providers.ts`;

/** What decides something; `shared/text` and `testing/` only read or play mail of theirs. */
const deciding = filesLike(/\.tsx?$/).filter(
  (file) =>
    [`${plugin}/server/src/`, `${plugin}/admin/src/`, `${plugin}/shared/contracts/`].some((folder) =>
      file.startsWith(folder)
    ) &&
    !/\.test\.tsx?$|\/testing\//.test(file) &&
    file !== table
);

const withoutComments = (source: string) =>
  source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&');

const namesOf = providers.flatMap(({ imap, smtp, domains, authServers }) => [
  ...domains,
  ...authServers,
  ...[imap.host, smtp.host].filter((host) => host !== '127.0.0.1'),
]);

const named = new RegExp(
  [
    `(?<![\\w-])(${namesOf.map(escaped).join('|')})(?![\\w-])`,
    `'(${providers.map(({ key }) => escaped(key)).join('|')})'`,
  ].join('|'),
  'gi'
);

/** What a source says of providers outside its comments; a regular expression's dots are dots. */
const providersIn = (source: string) => withoutComments(source).replaceAll('\\.', '.').match(named) ?? [];

describe('what is known of a provider', () => {
  it.each([
    ['a domain', "if (domain === 'gmail.com') return;"],
    ['a host', "const host = 'imap.mail.ru';"],
    ['a pattern', 'const HOSTS = /(^|\\.)(icloud\\.com|example\\.org)$/;'],
    ['a key', "provider === 'microsoft'"],
  ])('is seen where it is %s', (_, source) => {
    expect(providersIn(source)).toHaveLength(1);
  });

  it.each([
    ['a comment', '/** gmail.com and mail.ru. */\n  // imap.web.de'],
    ['another domain', "'some.com' + 'onmicrosoft.com' + 'notgmail.com.'"],
  ])('is not seen in %s', (_, source) => {
    expect(providersIn(source)).toEqual([]);
  });

  it('stands in the table and nowhere else', () => {
    expect(deciding.length).toBeGreaterThan(20);
    const found = deciding.flatMap((file) => providersIn(read(file)).map((name) => `${file}: ${name}`));
    expect(found).toEqual([]);
  });
});
