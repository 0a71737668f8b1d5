import de from './de.json';
import en from './en.json';
import { loadTranslations } from './load-translations';

const english: Record<string, string> = en;
const german: Record<string, string> = de;

/** The names of the values that a text takes: "{name}" and "{name, plural, ...}". */
const valuesIn = (text = ''): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? ''))].sort();

describe('translations', () => {
  it('German has every text of English and no other', () => {
    expect(Object.keys(german)).toEqual(Object.keys(english));
  });

  it('sees the values of a text', () => {
    expect(valuesIn('{watched, plural, one {# folder} other {# folders}} of {total}')).toEqual([
      'total',
      'watched',
    ]);
  });

  it('every text takes the same values in both', () => {
    const differing = Object.keys(english).filter(
      (key) => valuesIn(english[key]).join() !== valuesIn(german[key]).join()
    );
    expect(differing).toEqual([]);
  });

  it('go under the prefix of the plugin; a locale without texts gets none', async () => {
    expect((await loadTranslations('en')).data['email-connect.menu']).toBe('Email');
    expect(await loadTranslations('xx')).toEqual({ locale: 'xx', data: {} });
  });
});
