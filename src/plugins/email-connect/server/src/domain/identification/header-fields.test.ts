import fc from 'fast-check';
import { headerFields, unfold } from './header-fields';

describe('headerFields', () => {
  it.each<[string, string, Record<string, string[]>]>([
    ['names in lower case', 'Message-ID: <a@x>\r\n', { 'message-id': ['<a@x>'] }],
    [
      'c34: every occurrence, in order',
      'References: <a@x>\r\nSubject: s\r\nreferences: <b@x>\r\n',
      {
        references: ['<a@x>', '<b@x>'],
        subject: ['s'],
      },
    ],
    [
      'folded values on one line',
      'References: <a@x>\r\n\t<b@x>\r\n  <c@x>\r\n',
      { references: ['<a@x> <b@x> <c@x>'] },
    ],
    ['a value that starts on the next line', 'References:\r\n <a@x>\r\n', { references: ['<a@x>'] }],
    [
      'Outlook: a fold of nothing but white space',
      'References: <a@x>\r\n \r\n <b@x>\r\n',
      { references: ['<a@x>  <b@x>'] },
    ],
    ['bare line feeds', 'A: 1\nB: 2\n', { a: ['1'], b: ['2'] }],
    ['doubled carriage returns', 'A: 1\r\r\nB: 2\r\r\n', { a: ['1'], b: ['2'] }],
    ['white space before the colon (RFC 5322 4.5)', 'Subject : s\r\n', { subject: ['s'] }],
    ['no space after the colon', 'Subject:s\r\n', { subject: ['s'] }],
    ['an empty value', 'Subject:\r\nTo: a@x\r\n', { subject: [''], to: ['a@x'] }],
    ['colons in a value', 'Subject: Re: s: t\r\n', { subject: ['Re: s: t'] }],
    ['no line end at the end', 'Subject: s', { subject: ['s'] }],
    ['c53: NUL taken out', 'Subject: a\0b\r\n', { subject: ['ab'] }],
    ['an mbox line passed over', 'From ann@x Mon Jan\r\nSubject: s\r\n', { subject: ['s'] }],
    [
      'a line that is no field passed over',
      'Subject: s\r\njunk\r\nTo: a@x\r\n',
      { subject: ['s'], to: ['a@x'] },
    ],
    [
      'an id that lost the white space of its fold',
      'References: <a@x>\r\n<b@x:1>\r\n',
      { references: ['<a@x> <b@x:1>'] },
    ],
    ['a fold before any field passed over', ' <a@x>\r\nTo: a@x\r\n', { to: ['a@x'] }],
    ['empty lines before the first field', '\r\n\r\nTo: a@x\r\n', { to: ['a@x'] }],
    ['no field of a body', 'To: a@x\r\n\r\nIn-Reply-To: <forged@x>\r\n', { to: ['a@x'] }],
    [
      'a name that is a property of every object',
      '__proto__: 1\r\nconstructor: 2\r\n',
      { ['__proto__']: ['1'], constructor: ['2'] },
    ],
    ['nothing', '', {}],
  ])('%s', (_, raw, expected) => {
    expect([...headerFields(raw)]).toEqual(Object.entries(expected));
  });

  it('is total: any text gives lower-case names and values without line breaks', () => {
    const text = fc.string({
      unit: fc.constantFrom('A', ':', ' ', '\t', '\r', '\n', '<', '>', '@', '\0', '\xff'),
      maxLength: 200,
    });
    fc.assert(
      fc.property(text, (raw) => {
        for (const [name, values] of headerFields(raw)) {
          expect(name).toBe(name.toLowerCase());
          for (const value of values) expect(value).not.toMatch(/[\r\n\0]/);
        }
      })
    );
  });
});

describe('unfold', () => {
  it.each([
    ['<a@x>\r\n <b@x>', '<a@x> <b@x>'],
    ['a\n\tb', 'a b'],
    ['a\r\n\r\n b', 'a  b'],
    ['\r\r\ra', 'a'],
  ])('%j becomes %j', (raw, expected) => {
    expect(unfold(raw)).toBe(expected);
  });
});
