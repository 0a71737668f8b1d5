import { EmailConnectError } from '../errors';
import { validateDraft } from './validate-draft';

type Input = Parameters<typeof validateDraft>[0];
const input = (change: Partial<Input> = {}): Input => ({
  to: ['ann@x.test'],
  cc: [],
  bcc: [],
  subject: 'Offer',
  text: 'Hi',
  html: '',
  ...change,
});
const many = (count: number) => Array.from({ length: count }, (_, i) => `a${i}@x.test`);

it('keeps what was written', () => {
  expect(
    validateDraft(
      input({ to: ['Ann Bell <ann@x.test>'], cc: ['c@x.test'], subject: ' Offer ', html: '<p>Hi' })
    )
  ).toEqual({
    to: [{ address: 'ann@x.test', displayName: 'Ann Bell' }],
    cc: [{ address: 'c@x.test', displayName: '' }],
    bcc: [],
    subject: 'Offer',
    text: 'Hi',
    html: '<p>Hi',
  });
});

it('keeps a recipient once, where it is most visible', () => {
  const draft = validateDraft(
    input({ to: ['a@x.test', 'A@X.test'], cc: ['a@x.test', 'b@x.test'], bcc: ['b@x.test', 'c@x.test'] })
  );
  expect([draft.to, draft.cc, draft.bcc].map((list) => list.map(({ address }) => address))).toEqual([
    ['a@x.test'],
    ['b@x.test'],
    ['c@x.test'],
  ]);
});

it.each<[string, Partial<Input>]>([
  ['only Bcc', { to: [], bcc: ['b@x.test'] }],
  ['500 recipients', { to: many(500) }],
  ['no subject', { subject: '' }],
  ['no text', { text: '' }],
  ['line breaks in the text', { text: 'a\r\nBcc: b@x.test' }],
])('takes %s', (_, change) => {
  expect(() => validateDraft(input(change))).not.toThrow();
});

it.each<[string, Partial<Input>, string]>([
  ['no recipient', { to: [] }, 'INPUT_INVALID'],
  ['501 recipients', { to: many(250), cc: many(250), bcc: ['b@x.test'] }, 'INPUT_INVALID'],
  ['S37: a line break in the subject', { subject: 'Offer\r\nBcc: b@x.test' }, 'HEADER_INJECTION'],
  ['S37: a line feed at the end of the subject', { subject: 'Offer\n' }, 'HEADER_INJECTION'],
  ['S37: NUL in the subject', { subject: 'Offer\0' }, 'HEADER_INJECTION'],
  ['S37: a line break in To', { to: ['ann@x.test\r\nBcc: b@x.test'] }, 'HEADER_INJECTION'],
  ['S37: a line break in Cc', { cc: ['a\n <b@x.test>'] }, 'HEADER_INJECTION'],
  ['S37: a line break in Bcc', { bcc: ['b@x.test\r'] }, 'HEADER_INJECTION'],
  ['no address in Cc', { cc: ['ann'] }, 'ADDRESS_INVALID'],
])('refuses %s', (_, change, code) => {
  expect(() => validateDraft(input(change))).toThrow(expect.objectContaining({ code }));
  expect(() => validateDraft(input(change))).toThrow(EmailConnectError);
});
