import { decodeParts, decodeTransfer } from './transfer-encoding';

describe('transfer encodings of notices (RFC 2045 6)', () => {
  it.each([
    ['base64', btoa('Message-ID: <a@b.test>'), 'Message-ID: <a@b.test>'],
    ['BASE64', `${btoa('Message-ID: <a@b.test>').slice(0, 21)}`, 'Message-ID: <a@'],
    ['quoted-printable', 'Message-ID: <a=40b.=\r\ntest>', 'Message-ID: <a@b.test>'],
    ['7bit', 'a=40b', 'a=40b'],
    ['', 'a=40b', 'a=40b'],
    ['x-uuencode', 'begin 644', 'begin 644'],
  ])('%s', (encoding, text, expected) => {
    expect(decodeTransfer(text, encoding)).toBe(expected);
  });

  it('each part of a body by its own', () => {
    const body = [
      'preamble',
      '--b',
      'Content-Type: text/plain',
      'Content-Transfer-Encoding: base64',
      '',
      btoa('first'),
      '--b',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'seco=6Ed',
      '--b',
      '',
      'th=69rd',
      '--b--',
    ].join('\r\n');
    const lines = decodeParts(body).split('\n');
    expect(lines).toEqual(expect.arrayContaining(['preamble', 'first', 'second', 'th=69rd']));
  });
});
