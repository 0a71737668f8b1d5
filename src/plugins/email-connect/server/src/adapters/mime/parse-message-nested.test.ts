import { HEAD, memoryStorage, multipart, parse, part } from './test-support';

describe('c54: nested messages', () => {
  const nested = (id: string, ...fields: string[]) =>
    part(
      'message/rfc822',
      [
        `Message-ID: <${id}@x.example>`,
        'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=',
        ...fields,
        '',
        'inner \xff',
      ].join('\r\n')
    );

  it('are files, and their headers are told apart from the headers of the message', async () => {
    const message = await parse(
      multipart('mixed', part('text/plain', 'see'), nested('2', 'References: <3@x.example>'), nested('4'))
    );
    expect(message.headers).toMatchObject({ messageId: '1@x.example', references: [], subject: 'Hello' });
    expect(message.embedded).toMatchObject([
      { messageId: '2@x.example', references: ['3@x.example'], subject: 'Grüße' },
      { messageId: '4@x.example', references: [], subject: 'Grüße' },
    ]);
    expect(message.attachments.map(({ fileName }) => fileName)).toEqual(['message.eml', 'message.eml']);
    expect(message.text).toBe('see');
  });

  it('S27: say what they say themselves, in their own charset, from HTML too, and nothing of what is in them', async () => {
    const inner = (...lines: string[]) => part('message/rfc822', lines.join('\r\n'));
    const { text, embedded } = await parse(
      multipart(
        'mixed',
        part('text/plain', 'see'),
        inner(
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: base64',
          '',
          'R3LDvMOfZQ=='
        ),
        inner('Content-Type: text/html', '', '<p>Hello <b>you</b></p>'),
        inner('Content-Type: message/rfc822', '', 'Subject: deeper', '', 'deeper')
      )
    );
    expect(embedded.map((one) => one.text.trim())).toEqual(['Grüße', 'Hello you', '']);
    expect(text).toBe('see');
  });

  it('are told as far as five, of one level', async () => {
    const deep = part(
      'message/rfc822',
      [
        'Message-ID: <9@x.example>',
        'Content-Type: message/rfc822',
        '',
        'Message-ID: <10@x.example>',
        '',
        'x',
      ].join('\r\n')
    );
    const message = await parse(
      multipart('mixed', deep, ...['2', '3', '4', '5', '6'].map((id) => nested(id)))
    );
    expect(message.embedded.map(({ messageId }) => messageId)).toEqual(
      ['9', '2', '3', '4', '5'].map((id) => `${id}@x.example`)
    );
    expect(message.attachments).toHaveLength(6);
  });

  it('are told when they are over the limit, or could not be stored', async () => {
    const lines = multipart('mixed', nested('2', `X: ${'x'.repeat(500)}`));
    const tooLarge = await parse(lines, memoryStorage({ attachmentBytes: 10 }));
    expect(tooLarge).toMatchObject({
      attachments: [{ state: 'too-large' }],
      embedded: [{ messageId: '2@x.example' }],
    });
    const refused = await parse(
      lines,
      memoryStorage({ saveAttachment: async () => Promise.reject(new Error('disk full')) })
    );
    expect(refused).toMatchObject({
      attachments: [{ state: 'failed' }],
      embedded: [{ messageId: '2@x.example' }],
    });
  });

  it('may be the whole message, begin with empty lines, and have no header', async () => {
    const whole = await parse([
      ...HEAD,
      'Content-Type: message/rfc822',
      '',
      '',
      'Message-ID: <2@x.example>',
      '',
      'x',
    ]);
    expect(whole).toMatchObject({
      headers: { messageId: '1@x.example' },
      embedded: [{ messageId: '2@x.example' }],
    });
    const empty = await parse(multipart('mixed', part('message/rfc822', '')));
    expect(empty.embedded).toMatchObject([{ messageId: null, subject: '' }]);
  });

  it('are read as 8-bit text where they are, whatever their body is', async () => {
    const lines = multipart('mixed', part('message/rfc822', ['Subject: Grüße', '', '\udcff'].join('\r\n')));
    expect((await parse(lines)).embedded).toMatchObject([{ subject: 'Grüße' }]);
  });
});
