import { formatBodyStructure } from './body-structure';
import { parseSection, readSection } from './body-section';
import { formatEnvelope } from './envelope';
import type { ImapValue } from './imap-parser';
import { parseMime } from './mime-part';

const lines = (...all: string[]): Buffer => Buffer.from(all.join('\r\n'), 'latin1');

const inner = ['From: in@x', 'Subject: inner', 'Content-Type: text/html', '', '<p>in</p>'];
const nested = lines(
  'From: a@x',
  'Content-Type: multipart/mixed; boundary=out',
  '',
  'preamble',
  '--out',
  'Content-Type: multipart/alternative; boundary="out.2"',
  '',
  '--out.2',
  '',
  'plain',
  '--out.2',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  'aHRtbA==',
  '',
  '--out.2--',
  '--out',
  'Content-Type: message/rfc822',
  '',
  ...inner,
  '--out',
  'Content-Type: application/pdf; name="a b.pdf"',
  'Content-Disposition: attachment; filename="a b.pdf"; size=3',
  '',
  'pdf',
  '--out--',
  'epilogue'
);

const section = (text: string, fields?: string[]): string | undefined => {
  const values: ImapValue[] = text === '' ? [] : [{ kind: 'atom', text }];
  if (fields) values.push({ kind: 'list', items: fields.map((field) => ({ kind: 'atom', text: field })) });
  return readSection(nested, parseSection(values), () => parseMime(nested))?.toString('latin1');
};

describe('BODYSTRUCTURE', () => {
  it('describes nested parts and an attached message (RFC 3501 section 7.4.2)', () => {
    const text = formatBodyStructure(parseMime(nested), true);
    expect(text).toBe(
      '(' +
        '(("TEXT" "PLAIN" ("charset" "us-ascii") NIL NIL "7BIT" 5 0 NIL NIL NIL NIL)' +
        '("TEXT" "HTML" ("charset" "utf-8") NIL NIL "BASE64" 10 1 NIL NIL NIL NIL)' +
        ' "ALTERNATIVE" ("boundary" "out.2") NIL NIL NIL)' +
        '("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 64 ' +
        '(NIL "inner" ((NIL NIL "in" "x")) ((NIL NIL "in" "x")) ((NIL NIL "in" "x")) NIL NIL NIL NIL NIL) ' +
        '("TEXT" "HTML" ("charset" "us-ascii") NIL NIL "7BIT" 9 0 NIL NIL NIL NIL) 4 NIL NIL NIL NIL)' +
        '("APPLICATION" "PDF" ("name" "a b.pdf") NIL NIL "7BIT" 3 NIL ' +
        '("attachment" ("filename" "a b.pdf" "size" "3")) NIL NIL)' +
        ' "MIXED" ("boundary" "out") NIL NIL NIL)'
    );
  });

  it.each([
    ['multipart without a boundary', lines('Content-Type: multipart/mixed', '', 'x'), '"TEXT" "PLAIN"'],
    ['multipart without parts', lines('Content-Type: multipart/mixed; boundary=b', '', 'x'), '"MIXED"'],
    ['no header at all', lines('', 'x'), '"TEXT" "PLAIN"'],
    ['an empty message', Buffer.alloc(0), '"TEXT" "PLAIN"'],
    ['a wrong content type', lines('Content-Type: nonsense', '', 'x'), '"TEXT" "PLAIN"'],
    ['8-bit in a parameter', lines('Content-Type: text/plain; name="\xe4"', '', 'x'), '("name" {1}\r\n\xe4 '],
  ])('has an answer for %s', (_name, raw, expected) => {
    expect(formatBodyStructure(parseMime(raw), true)).toContain(expected);
  });

  it('stops at a depth', () => {
    let raw = Buffer.from('\r\nx');
    for (let depth = 0; depth < 500; depth += 1)
      raw = Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), raw]);
    expect(formatBodyStructure(parseMime(raw), true).match(/RFC822/g)).toHaveLength(41);
  });
});

describe('ENVELOPE', () => {
  it('keeps encoded words and groups as they are on the wire', () => {
    const raw = lines(
      'From: =?utf-8?q?=C3=84?= <a@x>',
      'To: Team: b@x, "C \\"D\\"" <c@x>;',
      'Subject: say "hi"',
      '',
      ''
    );
    expect(formatEnvelope(parseMime(raw).fields)).toContain(
      '"say \\"hi\\"" (("=?utf-8?q?=C3=84?=" NIL "a" "x"))'
    );
    expect(formatEnvelope(parseMime(raw).fields)).toContain(
      '((NIL NIL "Team" NIL)(NIL NIL "b" "x")("C \\"D\\"" NIL "c" "x")(NIL NIL NIL NIL))'
    );
  });
});

describe('BODY[section]', () => {
  it.each([
    ['1.1', 'plain'],
    ['1.2', 'aHRtbA==\r\n'],
    ['1.2.MIME', 'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n'],
    ['2', inner.join('\r\n')],
    ['2.HEADER', `${inner.slice(0, 4).join('\r\n')}\r\n`],
    ['2.TEXT', '<p>in</p>'],
    ['2.1', '<p>in</p>'],
    ['3', 'pdf'],
    ['4', undefined],
    ['3.1', undefined],
    ['3.HEADER', undefined],
    ['1.1.1', undefined],
    ['', nested.toString('latin1')],
  ])('%s is the right bytes', (name, expected) => {
    expect(section(name)).toBe(expected);
  });

  it('picks header fields, or all but them', () => {
    expect(section('HEADER.FIELDS', ['from', 'X-None'])).toBe('From: a@x\r\n\r\n');
    expect(section('HEADER.FIELDS.NOT', ['FROM'])).toBe(
      'Content-Type: multipart/mixed; boundary=out\r\n\r\n'
    );
    expect(section('2.HEADER.FIELDS', ['Subject'])).toBe('Subject: inner\r\n\r\n');
  });
});
