import { ENCRYPTED_TEXT, SIGNED_TEXT } from './marks';
import { file, HEAD, memoryStorage, multipart, parse, part } from './test-support';

const PGP_SIGNED = [
  '-----BEGIN PGP SIGNED MESSAGE-----',
  'Hash: SHA256',
  '',
  'the text',
  '-----BEGIN PGP SIGNATURE-----',
  '',
  'abc',
];
const PGP_ENCRYPTED = ['-----BEGIN PGP MESSAGE-----', '', 'hQEMA', '-----END PGP MESSAGE-----'];
const INVITE = ['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'END:VCALENDAR'].join('\r\n');
/** ContentInfo with its type (RFC 5652 3): SEQUENCE of indefinite length, OBJECT IDENTIFIER. */
const cms = (type: number) =>
  Buffer.from([0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, type, 0xa0, 0x80]);

const smime = (type: string, body: Buffer = Buffer.from('x'), ...fields: string[]) => [
  ...HEAD,
  `Content-Type: ${type}`,
  'Content-Transfer-Encoding: base64',
  ...fields,
  '',
  body.toString('base64'),
];

/** Marks, text, and the names and types of the files. */
const seen = async (lines: readonly string[]) => {
  const { marks, text, attachments, parsedAs } = await parse(lines);
  expect(parsedAs).toBe('mime');
  return {
    marks,
    text,
    files: attachments.map(({ fileName, contentType, state }) => `${fileName} ${contentType} ${state}`),
  };
};

describe('c54: signed and encrypted mail is kept and marked', () => {
  it('S/MIME, signed beside its text', async () => {
    const signature = part(
      'application/pkcs7-signature',
      'x',
      'Content-Disposition: attachment; filename=smime.p7s'
    );
    expect(await seen(multipart('signed', part('text/plain', 'the text'), signature))).toEqual({
      marks: ['signed'],
      text: 'the text',
      files: ['smime.p7s application/pkcs7-signature stored'],
    });
  });

  it('an empty mail that is signed says nothing of its own', async () => {
    const signature = part('application/pkcs7-signature', 'x');
    expect(await seen(multipart('signed', part('text/plain', ''), signature))).toMatchObject({
      marks: ['signed'],
      text: '',
    });
  });

  it.each([
    ['enveloped-data', 'encrypted', ENCRYPTED_TEXT],
    ['authEnveloped-data', 'encrypted', ENCRYPTED_TEXT],
    ['"signed-data"', 'signed', SIGNED_TEXT],
  ])('S/MIME in one part, %s', async (type, mark, text) => {
    expect(await seen(smime(`application/pkcs7-mime; smime-type=${type}; name=smime.p7m`))).toEqual({
      marks: [mark],
      text,
      files: ['smime.p7m application/pkcs7-mime stored'],
    });
  });

  it.each([
    ['encrypted', 'application/x-pkcs7-mime', cms(3), ENCRYPTED_TEXT],
    ['signed', 'application/x-pkcs7-mime', cms(2), SIGNED_TEXT],
    ['encrypted', 'application/pkcs7-mime', cms(3), ENCRYPTED_TEXT],
  ])('S/MIME that does not say which, by its first bytes: %s', async (mark, type, body, text) => {
    expect(await seen(smime(type, body))).toEqual({
      marks: [mark],
      text,
      files: [`smime.p7m ${type} stored`],
    });
  });

  it('S/MIME that a gateway relabelled, by its name', async () => {
    const lines = smime(
      'application/octet-stream',
      cms(3),
      'Content-Disposition: attachment; filename=smime.p7m'
    );
    expect(await seen(lines)).toEqual({
      marks: ['encrypted'],
      text: ENCRYPTED_TEXT,
      files: ['smime.p7m application/pkcs7-mime stored'],
    });
  });

  it('certificates alone are neither', async () => {
    expect((await seen(smime('application/pkcs7-mime; smime-type=certs-only'))).marks).toEqual([]);
  });

  it('PGP/MIME, signed', async () => {
    const signature = part('application/pgp-signature', '-----BEGIN PGP SIGNATURE-----');
    expect(await seen(multipart('signed', part('text/plain', 'the text'), signature))).toEqual({
      marks: ['signed'],
      text: 'the text',
      files: ['signature.asc application/pgp-signature stored'],
    });
  });

  it('PGP/MIME, encrypted', async () => {
    const sealed = part('application/octet-stream', PGP_ENCRYPTED.join('\r\n'));
    expect(
      await seen(multipart('encrypted', part('application/pgp-encrypted', 'Version: 1'), sealed))
    ).toEqual({
      marks: ['encrypted'],
      text: ENCRYPTED_TEXT,
      files: [
        'version.txt application/pgp-encrypted stored',
        'encrypted.asc application/octet-stream stored',
      ],
    });
  });

  it('inline PGP, signed: the text stays as it was signed', async () => {
    expect(await seen([...HEAD, '', ...PGP_SIGNED])).toEqual({
      marks: ['signed'],
      text: PGP_SIGNED.join('\n'),
      files: [],
    });
  });

  it('inline PGP, encrypted: the block stays, and a sentence says what it is', async () => {
    expect(await seen([...HEAD, '', ...PGP_ENCRYPTED])).toEqual({
      marks: ['encrypted'],
      text: `${ENCRYPTED_TEXT}\n\n${PGP_ENCRYPTED.join('\n')}`,
      files: [],
    });
  });

  it('a reply that quotes inline PGP is not', async () => {
    const quoted = PGP_ENCRYPTED.map((line) => `> ${line}`);
    expect(await seen([...HEAD, '', 'I cannot read this:', ...quoted])).toMatchObject({ marks: [] });
  });

  it('encrypted mail around which a list put its own text keeps that text', async () => {
    const sealed = part('application/pkcs7-mime; smime-type=enveloped-data', 'x');
    expect(await seen(multipart('mixed', sealed, part('text/plain', 'list footer')))).toMatchObject({
      marks: ['encrypted'],
      text: 'list footer',
    });
  });

  it('what a nested message is, its bearer is not', async () => {
    const nested = part(
      'message/rfc822',
      ['Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', 'x'].join('\r\n')
    );
    expect(await seen(multipart('mixed', part('text/plain', 'see'), nested))).toMatchObject({ marks: [] });
  });

  it('signed mail with too many parts is marked too', async () => {
    const many = Array.from({ length: 1200 }, () => file('a.pdf', 'x'));
    const message = await parse(multipart('signed', part('text/plain', 'the text'), ...many));
    expect(message).toMatchObject({ parsedAs: 'raw', marks: ['signed'], text: 'the text' });
  });
});

describe('c54: calendar objects and winmail.dat are kept and marked', () => {
  it.each([
    ['an invitation', 'text/calendar; method=REQUEST; charset=utf-8', 'invite.ics'],
    ['a reply', 'text/calendar; method=REPLY', 'invite.ics'],
    ['a cancellation', 'text/calendar; method=CANCEL; name=cancel.ics', 'cancel.ics'],
  ])('%s beside its text', async (_, type, name) => {
    const sides = [part('text/plain', 'Lunch?'), part('text/html', '<p>Lunch?</p>'), part(type, INVITE)];
    expect(await seen(multipart('alternative', ...sides))).toEqual({
      marks: ['calendar'],
      text: 'Lunch?',
      files: [`${name} text/calendar stored`],
    });
  });

  it('an invitation alone is a file, byte for byte', async () => {
    const storage = memoryStorage();
    const message = await parse(
      [...HEAD, 'Content-Type: text/calendar; method=REQUEST', '', INVITE],
      storage
    );
    expect(message).toMatchObject({ marks: ['calendar'], attachments: [{ fileName: 'invite.ics' }] });
    expect([...storage.files.values()].map(String)).toEqual([INVITE]);
  });

  it.each([
    ['application/ms-tnef', []],
    ['application/vnd.ms-tnef', []],
    ['application/octet-stream', ['Content-Disposition: attachment; filename="Winmail.dat"']],
  ])('a winmail.dat under %s', async (type, fields) => {
    const { marks, text, files } = await seen(
      multipart('mixed', part('text/plain', 'the text'), part(type, 'x', ...fields))
    );
    expect({ marks, text }).toEqual({ marks: ['tnef'], text: 'the text' });
    expect(files[0]).toMatch(/^winmail\.dat /i);
  });

  it('each mark stands once, in one order', async () => {
    const calendar = part('text/calendar', INVITE);
    const parts = [
      part('application/ms-tnef', 'x'),
      calendar,
      calendar,
      part('application/pgp-signature', 'x'),
    ];
    expect((await seen(multipart('signed', ...parts))).marks).toEqual(['signed', 'calendar', 'tnef']);
  });

  it('ordinary mail has none', async () => {
    expect(await parse(multipart('mixed', part('text/plain', 'a'), file('a.pdf', 'x')))).toMatchObject({
      marks: [],
      embedded: [],
    });
  });
});

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
