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
