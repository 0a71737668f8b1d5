import fc from 'fast-check';
import { parseHeaders } from './parse-headers';

const headersOf = (...lines: string[]) => parseHeaders(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'));
const headersOfBytes = (text: string) => parseHeaders(Buffer.from(text, 'latin1'));

describe('parseHeaders', () => {
  it('S15: reads the ids, also glued, folded and repeated (c34)', () => {
    const headers = headersOf(
      'Message-ID: <A.b@Example.COM>',
      'In-Reply-To: Your message of "Tue" <one@x.example> (and more)',
      'References: <root@x.example><one@x.example>,',
      '\t<two@x.example>',
      'References: <three@x.example>',
      'X-Microsoft-Original-Message-ID: <ours@x.example>'
    );
    expect(headers.messageId).toBe('A.b@example.com');
    expect(headers.inReplyTo).toEqual(['one@x.example']);
    expect(headers.references).toEqual([
      'root@x.example',
      'one@x.example',
      'two@x.example',
      'three@x.example',
    ]);
    expect(headers.originalMessageIds).toEqual(['ours@x.example']);
  });

  it('S23: decodes names and subjects, whatever their encoding', () => {
    const headers = headersOf(
      'From: =?ISO-8859-1?Q?Andr=E9?= <andre@x.example>',
      'To: "=?UTF-8?B?TcO8bGxlciwgSsO2cmc=?=" <joerg@x.example>, "Doe, \\"J\\" Jane" <jane@x.example>',
      'Subject: =?UTF-8?Q?Angebot_f=C3=BC?= =?UTF-8?Q?r_Sie?= und =?iso-2022-jp?B?GyRCRnxLXBsoQg==?='
    );
    expect(headers.from).toEqual([{ address: 'andre@x.example', displayName: 'André' }]);
    expect(headers.to).toEqual([
      { address: 'joerg@x.example', displayName: 'Müller, Jörg' },
      { address: 'jane@x.example', displayName: 'Doe, "J" Jane' },
    ]);
    expect(headers.subject).toBe('Angebot für Sie und 日本');
  });

  it('c53: reads 8-bit headers that declare no charset', () => {
    expect(headersOf('Subject: Grüße 🎉', 'From: Jörg <j@x.example>')).toMatchObject({
      subject: 'Grüße 🎉',
      from: [{ address: 'j@x.example', displayName: 'Jörg' }],
    });
    expect(headersOfBytes('Subject: Gr\xfc\xdfe \x80 5\r\n\r\n').subject).toBe('Grüße € 5');
    const gbk = 'Subject: \xc4\xe3\xba\xc3\r\nContent-Type: text/plain; charset="gb2312"\r\n\r\n';
    expect(headersOfBytes(gbk).subject).toBe('你好');
  });

  it('S28: tells whom the receiving server delivered it to', () => {
    const headers = headersOf(
      'Delivered-To: ann+crm@x.example',
      'X-Original-To: sales@x.example',
      'Envelope-To: ann+crm@x.example, bo@x.example',
      'X-Envelope-To: <"quoted local"@x.example>'
    );
    expect(headers.deliveredTo).toEqual([
      'ann+crm@x.example',
      'sales@x.example',
      'bo@x.example',
      '"quoted local"@x.example',
    ]);
    expect(headersOf('Subject: x')).toMatchObject({ deliveredTo: [] });
  });

  it('S28: takes no more of them than a forged header may cost', () => {
    const many = Array.from({ length: 500 }, (_, i) => `Delivered-To: a${i}@x.example`);
    const headers = headersOf(...many, 'Envelope-To: last@x.example');
    expect(headers.deliveredTo).toHaveLength(20);
    expect(headers.deliveredTo[0]).toBe('a0@x.example');
  });

  it('flattens groups, keeps bare local addresses, drops names without an address', () => {
    const headers = headersOf(
      'To: Team: a@x.example, Bo <b@x.example>;, undisclosed-recipients:;',
      'From: MAILER-DAEMON',
      'Cc: Nobody Here <>'
    );
    expect(headers.to.map(({ address }) => address)).toEqual(['a@x.example', 'b@x.example']);
    expect(headers.from).toEqual([{ address: 'MAILER-DAEMON', displayName: '' }]);
    expect(headers.cc).toEqual([]);
  });

  it('S37: no encoded word can bring a line break, a NUL or a second address', () => {
    const headers = headersOf(
      'Subject: =?UTF-8?Q?Hi=0D=0ABcc:_x@evil.example=00?=',
      'From: =?UTF-8?Q?=22CEO=22_=3Cceo=40bank.example=3E?= <a@evil.example>',
      'To: <=?UTF-8?Q?x=40evil.example=2C_y?=@good.example>'
    );
    expect(headers.subject).toBe('Hi Bcc: x@evil.example');
    expect(headers.from).toEqual([{ address: 'a@evil.example', displayName: '"CEO" <ceo@bank.example>' }]);
    expect(headers.to).toEqual([]);
  });

  it('counts the first of fields that may stand once, and joins To and Cc', () => {
    const headers = headersOf(
      'From: a@x.example',
      'From: b@x.example',
      'Subject: one',
      'Subject: two',
      'To: c@x.example',
      'To: d@x.example'
    );
    expect(headers.from.map(({ address }) => address)).toEqual(['a@x.example']);
    expect(headers.subject).toBe('one');
    expect(headers.to.map(({ address }) => address)).toEqual(['c@x.example', 'd@x.example']);
  });

  it('P6: keeps the signals of automatic mail raw', () => {
    const headers = headersOf(
      'Content-Type: Multipart/Report; report-type=delivery-status;',
      '\tboundary="AbC"',
      'Auto-Submitted: auto-replied (vacation)',
      'Precedence: bulk',
      'List-Id: Friends <friends.x.example>',
      'Return-Path: <>',
      'X-Failed-Recipients: a@x.example, b@x.example',
      'X-Autoreply: yes'
    );
    expect(headers).toMatchObject({
      contentType: 'multipart/report; report-type=delivery-status; boundary="AbC"',
      autoSubmitted: 'auto-replied (vacation)',
      precedence: 'bulk',
      listId: 'Friends <friends.x.example>',
      returnPath: '<>',
      failedRecipients: 'a@x.example, b@x.example',
      autoReplyMarks: ['x-autoreply'],
    });
  });

  it('has its empty value for every field that is missing', () => {
    expect(parseHeaders(new Uint8Array())).toEqual({
      messageId: null,
      inReplyTo: [],
      references: [],
      originalMessageIds: [],
      threadIndexRoot: null,
      from: [],
      sender: [],
      replyTo: [],
      to: [],
      cc: [],
      subject: '',
      sentAt: null,
      sentZone: null,
      contentType: '',
      autoSubmitted: '',
      precedence: '',
      listId: '',
      returnPath: null,
      failedRecipients: '',
      autoReplyMarks: [],
      deliveredTo: [],
    });
  });

  it('reads the root of a Thread-Index', () => {
    const root = Buffer.from(Array.from({ length: 22 }, (_, at) => at));
    const reply = Buffer.concat([root, Buffer.alloc(5, 7)]).toString('base64');
    expect(headersOf(`Thread-Index: ${reply}`).threadIndexRoot).toBe(root.toString('hex'));
  });

  it('passes over an mbox line, and ends where the body begins', () => {
    const headers = headersOf('From x@y Mon Jan  1 00:00:00 2024', 'Subject: in', '', 'Subject: out');
    expect(headers.subject).toBe('in');
    expect(headers.from).toEqual([]);
  });

  it('bounds an address list of any length', () => {
    const headers = headersOf(`To: ${'Name <a@x.example>, '.repeat(5000)}b@x.example`);
    expect(headers.to).toHaveLength(1000);
  });

  it('never throws, whatever the bytes', () => {
    const names = fc.constantFrom(
      'From',
      'To',
      'Subject',
      'Date',
      'References',
      'Message-ID',
      'Content-Type',
      'Thread-Index',
      'In-Reply-To'
    );
    const bait = fc.constantFrom(
      '=?',
      '?=',
      '=?utf-8?b?',
      '<',
      '>',
      '"',
      '\\',
      '(',
      '@',
      ':',
      ';',
      ',',
      '\r\n ',
      '\0',
      '\xff',
      'a'
    );
    const value = fc
      .array(fc.oneof(bait, fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 40 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(fc.tuple(names, value)), fc.boolean(), (fields, isLatin1) => {
        const block = fields.map(([name, text]) => `${name}: ${text}\r\n`).join('');
        const headers = parseHeaders(Buffer.from(block, isLatin1 ? 'latin1' : 'utf8'));
        const shown = [
          headers.subject,
          ...[...headers.from, ...headers.to].flatMap(({ address, displayName }) => [address, displayName]),
        ];
        expect(shown.filter((text) => /[\0\r\n]/.test(text))).toEqual([]);
      }),
      { numRuns: 500 }
    );
  });
});
