import { splitQuoted } from './split-quoted';

describe('splitQuoted', () => {
  it('parts the history and its introduction from what was written', () => {
    expect(splitQuoted('Hello\n\nyes.\n\nOn Monday, Ann wrote:\n> Shall we?\n>\n> Ann\n')).toEqual({
      fresh: 'Hello\n\nyes.',
      quoted: 'On Monday, Ann wrote:\n> Shall we?\n>\n> Ann',
    });
  });

  it('takes an introduction of two lines', () => {
    expect(splitQuoted('Yes.\n\nOn Mon, 23 Nov 2026, Ann <ann@x.example>\nwrote:\n\n> Shall we?').fresh).toBe(
      'Yes.'
    );
  });

  it('never takes a sentence for an introduction', () => {
    expect(splitQuoted('At 10 it is fine.\nAnn wrote:\n> Shall we?').fresh).toBe('At 10 it is fine.');
    expect(splitQuoted('Yes.\n> Shall we?').fresh).toBe('Yes.');
  });

  it.each([
    ['no quote', 'Hello\n\nAnn:'],
    ['a quote that is answered below', '> Shall we?\nYes.'],
    ['a forwarded text with nothing of its own', 'Ann wrote:\n> Shall we?'],
    ['nothing', ''],
  ])('leaves whole: %s', (_name, text) => {
    expect(splitQuoted(text)).toEqual({ fresh: text, quoted: '' });
  });
});
