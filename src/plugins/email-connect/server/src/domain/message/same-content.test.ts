import fc from 'fast-check';
import type { MessageContent } from './same-content';
import { isSameContent, isTelling } from './same-content';

const words =
  'We would like to order twelve of the larger ones, to be delivered to our new house in Graz before Easter, please.';
const long = words.repeat(2);

type File = MessageContent['files'][number];
const file = (change: Partial<File> = {}): File => ({
  size: 20_000,
  sha256: 'a'.repeat(64),
  disposition: 'attachment',
  ...change,
});
const content = (change: Partial<MessageContent> = {}): MessageContent => ({
  text: long,
  html: `<p>${long}</p>`,
  files: [file()],
  ...change,
});

describe('w80, S41: a copy is true', () => {
  it('that says what is recorded, with the same files', () => {
    expect(isSameContent(content(), content())).toBe(true);
  });

  it.each<[string, Partial<MessageContent>, Partial<MessageContent>]>([
    ['its line ends', { text: 'one\ntwo' }, { text: 'one\r\ntwo' }],
    ['old line ends', { text: 'one\ntwo' }, { text: 'one\rtwo' }],
    ['white space at the end of a line', { text: 'one\ntwo' }, { text: 'one \ntwo\t' }],
    ['the end of the text', { text: 'one' }, { text: 'one\n\n \n' }],
    ['the end of the HTML', { html: '<p>one</p>' }, { html: '<p>one</p>\r\n' }],
  ])('whatever server changed %s', (_, recorded, found) => {
    expect(isSameContent(content(recorded), content(found))).toBe(true);
  });

  it.each<[string, Partial<MessageContent>]>([
    ['another word', { text: long.replace('twelve', 'thirty') }],
    ['a word less', { text: long.replace('twelve ', '') }],
    ['a footer of a list', { text: `${long}\n_____\nTo unsubscribe, write to the list.` }],
    ['white space that stands elsewhere', { text: ` ${long}` }],
    ['other HTML', { html: `<p>${long}</p><img src="https://track.test/1">` }],
    ['no HTML', { html: '' }],
    ['another file', { files: [file({ sha256: 'b'.repeat(64) })] }],
    ['a file more', { files: [file(), file()] }],
    ['no file', { files: [] }],
    ['a file that could not be read', { files: [file({ sha256: null })] }],
  ])('but not with %s', (_, found) => {
    expect(isSameContent(content(), content(found))).toBe(false);
  });

  it('but not with its files in another order', () => {
    const [one, two] = [file(), file({ sha256: 'b'.repeat(64) })];
    expect(isSameContent(content({ files: [one, two] }), content({ files: [two, one] }))).toBe(false);
  });

  it('never where a file is known on neither side', () => {
    const unknown = content({ files: [file({ sha256: null })] });
    expect(isSameContent(unknown, unknown)).toBe(false);
  });

  it('and the order of the two does not matter', () => {
    const piece = fc.constantFrom('a', 'b', ' ', '\t', '\n', '\r', '\r\n');
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = [content({ text: one }), content({ text: other })];
        expect(isSameContent(left, left)).toBe(true);
        expect(isSameContent(left, right)).toBe(isSameContent(right, left));
      })
    );
  });
});

describe('w82: a content proves something', () => {
  const none = { files: [] };

  it('by words that nobody guesses', () => {
    expect(isTelling(none, 'x'.repeat(99))).toBe(false);
    expect(isTelling(none, 'x'.repeat(100))).toBe(true);
  });

  it.each([
    ['nothing', ''],
    [
      'a yes between a greeting and a name',
      'Dear Uma,\n\nYes, please go ahead.\n\nKind regards\nCleo Customer\nCustomer Ltd.',
    ],
    ['white space', ' \n'.repeat(300)],
    ['what it quotes', `> ${long}\nYes.\n> ${long}\nNo.`],
  ])('and not by %s', (_, ownWords) => {
    expect(isTelling(none, ownWords)).toBe(false);
  });

  it('by a file of its own, and not by one that stands in the text, or goes along with every mail', () => {
    expect(isTelling({ files: [file()] }, '')).toBe(true);
    expect(isTelling({ files: [file({ disposition: 'inline' })] }, '')).toBe(false);
    expect(isTelling({ files: [file({ size: 9_999 })] }, '')).toBe(false);
  });

  it('and not where one of its files is only known by its size', () => {
    expect(isTelling({ files: [file(), file({ sha256: null })] }, long)).toBe(false);
  });
});
