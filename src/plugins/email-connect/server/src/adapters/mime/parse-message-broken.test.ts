import { EmailConnectError } from '../../domain/errors';
import { parseMessage } from './parse-message';
import { file, HEAD, memoryStorage, messageOf, multipart, parse, part } from './test-support';

describe('c54: broken messages', () => {
  it('too many parts: the whole is kept as a file, with the text read so far', async () => {
    const lines = multipart(
      'mixed',
      part('text/plain', 'first words'),
      ...Array.from({ length: 1200 }, (_, at) => file(`${at}.pdf`, 'x'))
    );
    const storage = memoryStorage();
    const message = await parse(lines, storage);
    expect(message).toMatchObject({
      headers: { messageId: '1@x.example', subject: 'Hello' },
      text: 'first words',
      html: '',
      parsedAs: 'raw',
      attachments: [{ fileName: 'message.eml', contentType: 'message/rfc822', state: 'stored' }],
    });
    expect(message.attachments).toHaveLength(1);
    expect(storage.files.get(message.attachments[0]!.storageKey!)?.toString()).toBe(lines.join('\r\n'));
  });

  it('a header block without end: the whole is kept as a file', async () => {
    const lines = [
      ...HEAD,
      ...Array.from({ length: 40_000 }, (_, at) => `X-${at}: ${'y'.repeat(30)}`),
      '',
      'text',
    ];
    const storage = memoryStorage({ attachmentBytes: 10_000_000 });
    const message = await parseMessage(messageOf(lines, 'utf8', 50_000), storage);
    expect(message).toMatchObject({ parsedAs: 'raw', headers: { subject: 'Hello' } });
    expect(storage.files.get(message.attachments[0]!.storageKey!)?.toString()).toBe(lines.join('\r\n'));
  });

  it('too many parts and too large: a placeholder, no rejection', async () => {
    const lines = multipart('mixed', ...Array.from({ length: 1200 }, () => part('text/plain', 'x')));
    const message = await parse(lines, memoryStorage({ attachmentBytes: 1000 }));
    expect(message).toMatchObject({
      parsedAs: 'raw',
      attachments: [{ state: 'too-large', size: lines.join('\r\n').length, storageKey: null }],
    });
  });

  it.each([
    ['no boundary named', [...HEAD, 'Content-Type: multipart/mixed', '', 'the text']],
    ['a boundary that never comes', [...HEAD, 'Content-Type: multipart/mixed; boundary=zz', '', 'the text']],
    ['no final boundary', [...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'the text']],
    ['a type that is none', [...HEAD, 'Content-Type: text', '', 'the text']],
    ['no header at all', ['', 'the text']],
  ])('%s: the text is there', async (_, lines) => expect((await parse(lines)).text).toContain('the text'));

  it('100 levels: the text is there', async () => {
    const open = Array.from({ length: 100 }, (_, at) => [
      `Content-Type: multipart/mixed; boundary=b${at}`,
      '',
      `--b${at}`,
    ]).flat();
    expect((await parse([...HEAD, ...open, '', 'the text'])).text).toBe('the text');
  });

  it('an empty message is an empty message', async () => {
    expect(await parse([])).toMatchObject({
      text: '',
      html: '',
      attachments: [],
      parsedAs: 'mime',
      headers: { messageId: null },
    });
  });

  it.each([0, 30, 200, 400])('a connection lost after %d bytes rejects with its own error', async (bytes) => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'lost', 'retry');
    const lines = multipart('mixed', part('text/plain', 'text'), file('a.pdf', 'x'.repeat(500)));
    async function* source() {
      yield Buffer.from(lines.join('\r\n')).subarray(0, bytes);
      throw lost;
    }
    await expect(parseMessage(source(), memoryStorage())).rejects.toBe(lost);
  });

  it('c54: 5,000 parts: the text after the thousandth is there too, in its charset, once', async () => {
    const files = Array.from({ length: 5000 }, (_, at) => file(`${at}.pdf`, 'x'));
    const late = part(
      'text/plain; charset=iso-8859-1',
      'Gr=FC=DFe',
      'Content-Transfer-Encoding: quoted-printable'
    );
    const message = await parse(
      multipart('mixed', part('text/plain', 'first'), ...files, late),
      memoryStorage({ attachmentBytes: 10_000_000 })
    );
    expect(message).toMatchObject({ parsedAs: 'raw', text: 'first\n\nGrüße' });
    expect(message.attachments).toMatchObject([{ fileName: 'message.eml', state: 'stored' }]);
  });

  it('c54: 3,000 text parts: the first 2,000 are there', async () => {
    const parts = Array.from({ length: 3000 }, (_, at) => part('text/plain', `t${at}`));
    const { text, parsedAs } = await parse(multipart('mixed', ...parts));
    expect(parsedAs).toBe('raw');
    expect(text.split('\n\n')).toEqual(Array.from({ length: 2000 }, (_, at) => `t${at}`));
  });

  it.each([
    ['plain', 'Content-Type: text/plain; charset=utf-8', 'Grüße'],
    ['HTML only', 'Content-Type: text/html; charset=utf-8', '<p>Grüße</p>'],
  ])('c54: a header block of 2 MB, %s: the text is there', async (_, type, body) => {
    const fields = Array.from({ length: 40_000 }, (__, at) => `X-${at}: ${'y'.repeat(50)}`);
    const lines = ['Received: by b', ...HEAD, ...fields, type, '', body];
    const message = await parseMessage(
      messageOf(lines, 'utf8', 50_000),
      memoryStorage({ attachmentBytes: 10_000_000 })
    );
    expect(message).toMatchObject({
      parsedAs: 'raw',
      text: 'Grüße',
      html: '',
      headers: { subject: 'Hello' },
      trace: [{ name: 'received', value: 'by b' }],
    });
    expect(message.attachments).toMatchObject([{ fileName: 'message.eml', state: 'stored' }]);
  });

  it('c54: one header field of 2 MB, before an alternative: the text is there once', async () => {
    const sides = [part('text/plain', 'plain'), part('text/html', '<p>rich</p>'), ['--b--']].flat();
    const lines = [
      `X-Long: ${'y'.repeat(2_000_000)}`,
      'Content-Type: multipart/alternative;',
      '\tboundary=b',
      '',
      ...sides,
    ];
    const message = await parseMessage(
      messageOf(lines, 'utf8', 50_000),
      memoryStorage({ attachmentBytes: 10_000_000 })
    );
    expect(message).toMatchObject({ parsedAs: 'raw', text: 'plain' });
  });

  it('c54: a header block of 2 MB in a part: the other parts are there', async () => {
    const fields = Array.from({ length: 40_000 }, (_, at) => `X-${at}: ${'y'.repeat(50)}`);
    const lines = multipart(
      'mixed',
      part('text/plain', 'before'),
      part('text/plain', 'inside', ...fields),
      part('text/plain', 'after')
    );
    const message = await parseMessage(
      messageOf(lines, 'utf8', 50_000),
      memoryStorage({ attachmentBytes: 10_000_000 })
    );
    expect(message).toMatchObject({ parsedAs: 'raw', text: 'before\n\ninside\n\nafter' });
  });

  it('c54: what is found in bytes is no file and no text of a nested message', async () => {
    const nested = part('message/rfc822', 'Subject: inner\r\nContent-Type: text/plain\r\n\r\ninner text');
    const attached = part('text/plain', 'attached text', 'Content-Disposition: attachment; filename=a.txt');
    const many = Array.from({ length: 1200 }, () => file('a.pdf', 'x'));
    const lines = multipart('mixed', ...many, nested, attached, part('text/plain', 'the text'));
    expect((await parse(lines)).text).toBe('the text');
  });

  it.each([
    ['a boundary of 5,000 characters', 'b'.repeat(5000), 'b'.repeat(5000)],
    ['another boundary than declared', 'declared', 'used'],
    ['a boundary that is not ASCII', 'b\u00fc', 'b\u00fc'],
  ])('c54: %s: the text is there, without its header', async (_, declared, used) => {
    const lines = [
      ...HEAD,
      `Content-Type: multipart/mixed; boundary="${declared}"`,
      '',
      `--${used}`,
      'Content-Type: text/plain',
      '',
      'the text',
      `--${used}--`,
    ];
    expect((await parse(lines)).text.split('\n')[0]).toBe('the text');
  });

  it('c54: nothing but boundary lines: no rejection, the whole is kept', async () => {
    const lines = [
      ...HEAD,
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...Array.from({ length: 50_000 }, () => '--b'),
    ];
    const message = await parseMessage(
      messageOf(lines, 'utf8', 50_000),
      memoryStorage({ attachmentBytes: 10_000_000 })
    );
    expect(message).toMatchObject({
      parsedAs: 'raw',
      attachments: [{ fileName: 'message.eml', state: 'stored' }],
    });
  });

  it('c54: 2,000 levels: the text is there', async () => {
    const open = Array.from({ length: 2000 }, (_, at) => [
      `Content-Type: multipart/mixed; boundary=b${at}`,
      '',
      `--b${at}`,
    ]);
    expect((await parse([...HEAD, ...open.flat(), '', 'the text'])).text).toBe('the text');
  });

  it('c54: a part without the empty line before its content: the text is there', async () => {
    expect(
      (await parse([...HEAD, 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'the text', '--b--']))
        .text
    ).toBe('the text');
  });

  it.each([
    [
      'base64 in name only',
      'base64',
      'Hello Jane, this is <b>no</b> base64',
      'Hello Jane, this is <b>no</b> base64',
    ],
    ['base64 in name only, in 8-bit text', 'base64', 'Grüße', 'Grüße'],
    ['base64 with noise in it', 'base64', 'SGVs!!!bG8*gd29y*bGQ', 'Hello world'],
    ['base64 in lines that each end it', 'base64', 'SGVsbG8=\r\nIEphbmU=', 'Hello Jane'],
    ['base64 without its end', 'base64', 'SGVsbG8gd29ybGQ', 'Hello world'],
    ['base64 cut off', 'base64', 'SGVsbG8gd29ybGQgaG93IGFyZSB5b', 'Hello world how are y'],
    ['quoted-printable with false escapes', 'quoted-printable', 'a =ZZ b = c =C3=A4 =', 'a =ZZ b = c ä '],
    ['an encoding that is none', 'x-never-heard-of', 'Hello', 'Hello'],
    ['an encoding with a comment', 'base64 (really)', 'SGVsbG8=', 'Hello'],
  ])('c54: %s: the text is there', async (_, encoding, body, text) => {
    const fields = ['Content-Type: text/plain; charset=utf-8', `Content-Transfer-Encoding: ${encoding}`];
    expect((await parse([...HEAD, ...fields, '', body])).text).toBe(text);
  });

  it.each([
    ['text/plain', '', ''],
    ['text/plain', '   ', '   '],
    ['text/html', '', ''],
    ['text/html', '<img alt="The offer" src="https://t.example/a.png">', 'The offer'],
    ['text/enriched', '<bold>Hi</bold>', '<bold>Hi</bold>'],
    ['text/x-unknown', 'Hi', 'Hi'],
  ])('c54: a body of %s, %j: the text is %j', async (type, body, text) => {
    const message = await parse([...HEAD, `Content-Type: ${type}`, '', body]);
    expect(message).toMatchObject({ text, attachments: [], parsedAs: 'mime' });
  });

  it('c54: a uuencoded block stays in the text, and is a file as well', async () => {
    const block = ['begin 644 ../a b.txt', '+2&5L;&\\@=V]R;&0', '`', 'end'];
    const storage = memoryStorage();
    const message = await parse([...HEAD, '', 'see below', ...block, 'bye'], storage);
    expect(message.text).toBe(['see below', ...block, 'bye'].join('\n'));
    expect(message.attachments).toMatchObject([
      { fileName: 'a b.txt', contentType: 'text/plain', size: 11, state: 'stored' },
    ]);
    expect(storage.files.get(message.attachments[0]!.storageKey!)?.toString()).toBe('Hello world');
  });

  it('c54: a yEnc block stays in the text', async () => {
    const block = ['=ybegin line=128 size=5 name=a.bin', 'r\x8f\x96\x96\x99', '=yend size=5'];
    const message = await parse([...HEAD, '', 'see', ...block], memoryStorage(), 'latin1');
    expect(message.text).toContain('=ybegin line=128 size=5 name=a.bin');
    expect(message).toMatchObject({ attachments: [], parsedAs: 'mime' });
  });
});
