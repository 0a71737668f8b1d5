import { parseHeaders } from './parse-headers';
import { bytesOf, HEAD, memoryStorage, messageOf, multipart, parse, part } from './test-support';

describe('text (S23)', () => {
  it('comes with the headers of the same bytes, by the same function', async () => {
    const lines = [...HEAD, 'Content-Type: text/plain; charset=utf-8', '', 'Grüße', 'Jane'];
    const message = await parse(lines);
    expect(message).toEqual({
      headers: parseHeaders(await bytesOf(messageOf(lines))),
      text: 'Grüße\nJane',
      html: '',
      attachments: [],
      parsedAs: 'mime',
      marks: [],
      embedded: [],
      trace: [],
    });
    expect(message.headers.messageId).toBe('1@x.example');
  });

  it('S44: comes with what servers wrote above it, the topmost first, and with nothing that stands in a part', async () => {
    const servers = ['Authentication-Results: mx.x.example;', '\tdmarc=fail', 'Received: from a', '\tby b'];
    const inside = ['--b', 'Authentication-Results: mx.x.example; dmarc=pass', '', 'Received: by c', '--b--'];
    const type = 'Content-Type: multipart/mixed; boundary=b';
    expect((await parse([...servers, ...HEAD, type, '', ...inside])).trace).toEqual([
      { name: 'authentication-results', value: 'mx.x.example; dmarc=fail' },
      { name: 'received', value: 'from a by b' },
    ]);
  });

  it.each([
    ['iso-8859-1', 'quoted-printable', 'Gr=FC=DFe =80', 'Grüße €'],
    ['windows-1251', 'quoted-printable', '=CF=F0=E8=E2=E5=F2', 'Привет'],
    ['koi8-r', 'base64', '8NLJ18XU', 'Привет'],
    ['iso-2022-jp', '7bit', '\x1b$BF|K\\\x1b(B', '日本'],
    ['shift_jis', 'base64', 'k/qWew==', '日本'],
    ['gb2312', 'base64', 'xOO6w9a7', '你好只'],
    ['gb2312', 'base64', 'lDn8Ng==', '😀'],
    ['big5', 'base64', 'p0Gmbg==', '你好'],
    ['ks_c_5601-1987', 'base64', 'vsiz5w==', '안녕'],
    ['utf-16', 'base64', '//5HAHIA/ADfAGUA', 'Grüße'],
    ['"utf-8"', 'base64', '77u/R3LDvMOfZQ==', 'Grüße'],
    ['us-ascii', '8bit', 'Grüße', 'Grüße'],
    ['x-unknown', '8bit', 'Grüße', 'Grüße'],
  ])('is right in %s, %s', async (charset, encoding, body, expected) => {
    const message = await parse([
      ...HEAD,
      `Content-Type: text/plain; charset=${charset}`,
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      body,
    ]);
    expect(message.text).toBe(expected);
  });

  it('c53: is Windows-1252 where no charset is declared and it is not UTF-8, also when UTF-8 is claimed', async () => {
    expect((await parse([...HEAD, '', 'Gr\xfc\xdfe'], memoryStorage(), 'latin1')).text).toBe('Grüße');
    const mislabelled = [...HEAD, 'Content-Type: text/plain; charset=utf-8', '', 'Gr\xfc\xdfe'];
    expect((await parse(mislabelled, memoryStorage(), 'latin1')).text).toBe('Grüße');
  });

  it('S37: is never decoded from UTF-7, which hides markup', async () => {
    const body = '+ADw-script+AD4-alert(1)';
    expect((await parse([...HEAD, 'Content-Type: text/html; charset=utf-7', '', body])).html).toBe(body);
  });

  it('holds no NUL, which PostgreSQL refuses', async () => {
    expect((await parse([...HEAD, '', 'a\0b'])).text).toBe('ab');
  });

  it('is made from the HTML when only HTML was sent', async () => {
    const message = await parse([
      ...HEAD,
      'Content-Type: text/html',
      '',
      '<style>p{}</style><p>Hello <b>Jane</b></p><p>Bye</p>',
    ]);
    expect(message.text).toBe('Hello Jane\n\nBye');
    expect(message.html).toBe('<p>Hello <b>Jane</b></p><p>Bye</p>');
  });

  it('takes each side of an alternative once', async () => {
    const message = await parse(
      multipart('alternative', part('text/plain', 'plain'), part('text/html', '<p>rich</p>'))
    );
    expect(message).toMatchObject({ text: 'plain', html: '<p>rich</p>', attachments: [] });
  });

  it('is made from the HTML when the plain side of the alternative is empty', async () => {
    const message = await parse(
      multipart('alternative', part('text/plain', '  '), part('text/html', '<p>rich</p>'))
    );
    expect(message.text).toBe('rich');
  });

  it('joins parts that follow one another, and shows plain ones in the HTML too', async () => {
    const message = await parse(
      multipart(
        'mixed',
        part('text/plain', 'a < b'),
        part('text/html', '<p>rich</p>'),
        part('text/plain', 'footer')
      )
    );
    expect(message.text).toBe('a < b\n\nrich\n\nfooter');
    expect(message.html).toContain('a &lt; b</div>');
    expect(message.html).toContain('<p>rich</p>');
    expect(message.html).toContain('footer</div>');
  });

  it('joins the soft lines of format=flowed (RFC 3676)', async () => {
    const message = await parse([
      ...HEAD,
      'Content-Type: text/plain; format=flowed',
      '',
      'one ',
      'line',
      ' >indented',
      'next',
    ]);
    expect(message.text).toBe('one line\n>indented\nnext');
  });

  it('is cut at its limit, between characters, whatever the number of parts', async () => {
    const limits = memoryStorage({ textBytes: 11 });
    const message = await parse(
      multipart('mixed', part('text/plain', 'ääää'), part('text/plain', 'öööö'), part('text/plain', 'üüüü')),
      limits
    );
    expect(message.text).toBe('ääää\n\n');
    expect((await parse([...HEAD, '', 'ä'.repeat(9)], limits)).text).toBe('ä'.repeat(5));
    expect(message.parsedAs).toBe('mime');
  });

  it('S37: HTML is sanitised', async () => {
    const message = await parse([
      ...HEAD,
      'Content-Type: text/html',
      '',
      '<p onclick=x>Hi<script>alert(1)</script><img src=http://t.example/p.gif></p>',
    ]);
    expect(message.html).toBe('<p>Hi<img data-src="http://t.example/p.gif" /></p>');
  });
});
