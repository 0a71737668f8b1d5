import { parseHeaders } from './parse-headers';
import { HEAD, memoryStorage, multipart, parse, part } from './test-support';

const subjectOf = (...lines: string[]) =>
  parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')).subject;

/** The bytes of the header and body below are written as latin1: one character a byte. */
const textOf = async (charset: string, bytes: string) => {
  const lines = [
    ...HEAD,
    `Content-Type: text/plain; charset=${charset}`,
    'Content-Transfer-Encoding: 8bit',
    '',
    bytes,
  ];
  return (await parse(lines, memoryStorage(), 'latin1')).text;
};

const fileNames = async (encoding: BufferEncoding, ...fields: string[]) => {
  const lines = multipart('mixed', part('text/plain', 'text'), part('application/pdf', 'x', ...fields));
  return (await parse(lines, memoryStorage(), encoding)).attachments.map(({ fileName }) => fileName);
};

describe('c53: charsets of bodies', () => {
  it.each([
    ['gb18030', '\xc4\xe3\xba\xc3 \x94\x39\xfc\x36', '你好 😀'],
    ['gbk', '\xc4\xe3\xba\xc3', '你好'],
    ['iso-2022-jp', '\x1b$BF|K\\\x1b(B ok', '日本 ok'],
    ['ISO-2022-JP', '\x1b$B$3$s\x1b(J', 'こん'],
    ['ks_c_5601-1987', '\xbe\xc8\xb3\xe7', '안녕'],
    ['euc-kr', '\xbe\xc8\xb3\xe7', '안녕'],
    ['iso-8859-15', '\xa4', '€'],
    ['windows-1256', '\xe3\xd1\xcd\xc8\xc7', 'مرحبا'],
    ['tis-620', '\xca\xc7\xd1\xca\xb4\xd5', 'สวัสดี'],
    ['utf-8', '\xf0\x9f\x8e\x89', '🎉'],
    ['"utf-8"; x=y', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['cp-850-never-heard-of', 'Gr\xc3\xbc\xc3\x9fe', 'Grüße'],
    ['""', 'Gr\xfc\xdfe', 'Grüße'],
  ])('%s', async (charset, bytes, text) => expect(await textOf(charset, bytes)).toBe(text));

  it.each(['utf-7', 'UTF-7', 'unicode-1-1-utf-7', 'csUnicode11UTF7', 'x-unicode-2-0-utf-7'])(
    '%s is refused: the text is literal',
    async (charset) => expect(await textOf(charset, '+ADw-b+AD4-')).toBe('+ADw-b+AD4-')
  );

  it('a NUL is left out of text, HTML, names and header fields', async () => {
    const lines = [
      'From: J\0ane <ja\0ne@x.example>',
      'Subject: a\0b',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...part('text/html', '<p ti\0tle=x>a\0b</p>'),
      ...part(
        'application/pdf',
        'x',
        'Content-Disposition: attachment; filename="a\0b.pdf"',
        'Content-ID: <i\0d@x>'
      ),
      '--b--',
    ];
    const { headers, text, html, attachments, embedded } = await parse(lines);
    expect(JSON.stringify({ headers, text, html, attachments, embedded })).not.toContain('\\u0000');
    expect({ text, subject: headers.subject, name: attachments[0]?.fileName }).toEqual({
      text: 'ab',
      subject: 'ab',
      name: 'ab.pdf',
    });
  });
});

describe('c53: charsets of header fields', () => {
  it.each([
    ['gb18030', 'Subject: =?gb18030?B?xOO6ww==?=', '你好'],
    ['ks_c_5601-1987', 'Subject: =?ks_c_5601-1987?B?vsiz5w==?=', '안녕'],
    ['iso-2022-jp', 'Subject: =?iso-2022-jp?Q?=1B$BF|K=5C=1B(B?=', '日本'],
    ['emoji', 'Subject: =?utf-8?B?8J+OiQ==?= party', '🎉 party'],
    ['an emoji cut in two', 'Subject: =?UTF-8?B?8J8=?= =?UTF-8?B?jok=?=', '🎉'],
    ['utf-7, refused', 'Subject: =?utf-7?Q?+ADw-b+AD4-?=', '+ADw-b+AD4-'],
    ['utf-7 by its old name, refused', 'Subject: =?unicode-1-1-utf-7?Q?+ADw-b+AD4-?=', '+ADw-b+AD4-'],
    ['a charset that is none', 'Subject: =?x-never?Q?abc?=', 'abc'],
    ['a NUL', 'Subject: =?UTF-8?Q?a=00b?=', 'a b'],
  ])('%s', (_, line, subject) => expect(subjectOf(line)).toBe(subject));

  it.each([
    ['8-bit in the charset of the body', 'Subject: \xbe\xc8\xb3\xe7', 'ks_c_5601-1987', '안녕'],
    ['8-bit in gb18030', 'Subject: \xc4\xe3\xba\xc3', 'gb18030', '你好'],
    ['8-bit UTF-8 beside Latin-1', 'Subject: \xf0\x9f\x8e\x89\r\nComments: Gr\xfc\xdfe', 'iso-8859-1', '🎉'],
    ['7-bit escapes of the body', 'Subject: Re: \x1b$BF|K\\\x1b(B', 'iso-2022-jp', 'Re: 日本'],
    ['7-bit escapes without a charset', 'Subject: \x1b$BF|K\\\x1b(B', '', '日本'],
    ['an escape that is none', 'Subject: a \x1b[31mred', 'utf-8', 'a  [31mred'],
  ])('raw: %s', (_, line, charset, subject) =>
    expect(subjectOf(line, `Content-Type: text/plain; charset=${charset}`)).toBe(subject)
  );

  it('raw 7-bit escapes in a name leave the address what it is', () => {
    const { from } = parseHeaders(Buffer.from('From: \x1b$BF|K\\\x1b(B <jane@x.example>\r\n\r\n', 'latin1'));
    expect(from).toEqual([{ address: 'jane@x.example', displayName: '日本' }]);
  });
});

describe('c53: names of files', () => {
  it.each([
    ['RFC 2231 in one piece', "filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%F0%9F%8E%89.pdf", 'Grüße 🎉.pdf'],
    ['RFC 2231 in gb18030', "filename*=gb18030''%c4%e3%ba%c3.pdf", '你好.pdf'],
    ['RFC 2231 in iso-2022-jp', "filename*=iso-2022-jp''%1B%24BF%7CK%5C%1B%28B.pdf", '日本.pdf'],
    ['RFC 2231 continued', 'filename*0="very long "; filename*1="name.pdf"', 'very long name.pdf'],
    [
      'RFC 2231 continued, encoded, and not at its end',
      "filename*0*=UTF-8''%e6%97%a5; filename*1*=%e6%9c%ac; filename*2=.pdf",
      '日本.pdf',
    ],
    ['RFC 2231 continued out of order', "filename*2*=c.pdf; filename*0*=utf-8''a; filename*1*=b", 'abc.pdf'],
    ['RFC 2231 continued within a character', "filename*0*=UTF-8''%e6%97; filename*1*=%a5.pdf", '日.pdf'],
    ['RFC 2231 in a charset that is none', "filename*=x-none''%e6%97%a5.pdf", '日.pdf'],
    ['RFC 2231 in quotes, against the RFC', `filename*="UTF-8''%e6%97%a5.pdf"`, '日.pdf'],
    ['RFC 2231 in utf-7, refused', "filename*=utf-7''+AGEAYg-.pdf", '+AGEAYg-.pdf'],
    ['RFC 2047, against the RFC', 'filename="=?UTF-8?B?5pel5pys?=.pdf"', '日本.pdf'],
    ['RFC 2047 without quotes', 'filename==?iso-2022-jp?B?GyRCRnxLXBsoQg==?=.pdf', '日本.pdf'],
    ['RFC 2047 in two words', 'filename="=?UTF-8?B?8J+OiQ==?= =?UTF-8?Q?party.png?="', '🎉party.png'],
    ['RFC 2047 cut by RFC 2231', 'filename*0="=?UTF-8?B?5pel"; filename*1="5pys?=.pdf"', '日本.pdf'],
    ['RFC 2047 in utf-7, refused', 'filename="=?utf-7?Q?+AGEAYg-.pdf?="', '+AGEAYg-.pdf'],
    ['direction turned round', "filename*=UTF-8''invoice%E2%80%AEfdp.exe", 'invoicefdp.exe'],
    ['direction turned round in RFC 2047', 'filename="=?UTF-8?Q?a=E2=80=AEfdp=2Eexe?="', 'afdp.exe'],
    ['NUL and line breaks', "filename*=UTF-8''a%00b%0D%0A.pdf", 'ab.pdf'],
  ])('%s', async (_, parameter, name) =>
    expect(await fileNames('latin1', `Content-Disposition: attachment; ${parameter}`)).toEqual([name])
  );

  it('raw 8-bit, in UTF-8 and in Windows-1252', async () => {
    const field = 'Content-Disposition: attachment; filename="Grüße.pdf"';
    expect(await fileNames('utf8', field)).toEqual(['Grüße.pdf']);
    expect(await fileNames('latin1', field)).toEqual(['Grüße.pdf']);
  });

  it('only in the type, folded', async () => {
    const lines = multipart(
      'mixed',
      part("application/pdf;\r\n name*0*=UTF-8''%e6%97%a5;\r\n name*1=.pdf", 'x')
    );
    expect((await parse(lines)).attachments).toMatchObject([{ fileName: '日.pdf' }]);
  });
});
