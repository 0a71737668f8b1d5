import type { DeliveryReport } from '../message/message';
import { emptyHeaders } from '../message/empty-headers';
import { effectOfNotice } from './effect-of-notice';
import type { NoticeFacts } from './effect-of-notice';

const ann = 'ann@customer.test';
const bob = 'bob@customer.test';
const mallory = 'mallory@attacker.test';
const from = (address: string) => [{ address, displayName: '' }];

const report = (change: Partial<DeliveryReport>): DeliveryReport => ({
  address: ann,
  forwardedTo: '',
  action: 'failed',
  status: '5.1.1',
  diagnostic: '',
  ...change,
});
const displayed = (address: string) =>
  report({ address, action: 'delivered', status: '', diagnostic: 'displayed' });

type Change = Partial<Omit<NoticeFacts, 'headers'>> & { headers?: Partial<NoticeFacts['headers']> };
const effect = ({ headers = {}, ...change }: Change, answeredBy: string[] = []) =>
  effectOfNotice(
    {
      notice: 'bounce',
      reports: [report({})],
      text: '',
      headers: { ...emptyHeaders, from: from('mailer-daemon@mx.test'), returnPath: '<>', ...headers },
      ...change,
    },
    { recipients: new Set([ann, bob]), answeredBy: new Set(answeredBy) }
  );
const kind = (change: Change, answeredBy?: string[]) => effect(change, answeredBy).kind;
const delay = report({ action: 'delayed', status: '4.4.1' });

describe('S44, P6: a notice counts if it names a recipient of the mail that it is about', () => {
  it.each<[string, string, Change]>([
    ['a bounce that names one', 'bounced', {}],
    ['one that names somebody else', 'unproven', { reports: [report({ address: mallory })] }],
    ['one that names nobody', 'unproven', { reports: [report({ address: '' })] }],
    ['one that reports nothing', 'unproven', { reports: [] }],
    ['c49: a delay', 'delayed', { notice: 'delay', reports: [delay] }],
    [
      'c49: one for somebody else',
      'unproven',
      { notice: 'delay', reports: [{ ...delay, address: mallory }] },
    ],
    ['a forward failed', 'bounced', { reports: [report({ forwardedTo: 'ann@home.test' })] }],
    [
      'an alias stands as original',
      'bounced',
      { reports: [report({ address: 'a@old.test', forwardedTo: ann })] },
    ],
    ['a forward that is named alone', 'unproven', { reports: [report({ address: 'ann@home.test' })] }],
    ['in a header field', 'bounced', { reports: [], headers: { failedRecipients: `x@y.test, ${ann}` } }],
    ['somebody else in a header field', 'unproven', { reports: [], headers: { failedRecipients: mallory } }],
    ['in words', 'bounced', { reports: [], text: `I could not reach <Ann@Customer.test>.` }],
    ['in words, with a status', 'bounced', { reports: [report({ address: '' })], text: `To: ${ann}` }],
    ['part of another address in words', 'unproven', { reports: [], text: `x${ann} ${ann}.evil.test` }],
    ['in words, but not in its report', 'unproven', { reports: [report({ address: mallory })], text: ann }],
  ])('%s: %s', (_, expected, change) => {
    expect(kind(change)).toBe(expected);
  });

  it('c49: only what it says of recipients of the mail', () => {
    const reports = [report({}), report({ address: mallory }), report({ address: bob, action: 'delayed' })];
    expect(effect({ reports })).toEqual({ kind: 'bounced', reports: [report({})] });
    expect(kind({ reports: [report({ address: mallory }), delay] })).toBe('delayed');
    expect(kind({ reports: [report({ action: 'delivered' })] })).toBe('none');
  });
});

describe('S44: a bounce or delay counts if a system sent it', () => {
  it.each<[string | null, string]>([
    [null, 'bounced'],
    ['<>', 'bounced'],
    ['< >', 'bounced'],
    ['', 'bounced'],
    ['<null>', 'bounced'],
    ['<MAILER-DAEMON@mx.test>', 'bounced'],
    ['<MAILER-DAEMON>', 'bounced'],
    ['postmaster@mx.test', 'bounced'],
    ['<mallory@attacker.test>', 'unproven'],
    ['<nullify@attacker.test>', 'unproven'],
    ['<ann@customer.test>', 'unproven'],
  ])('return path %s: %s', (returnPath, expected) => {
    expect(kind({ headers: { returnPath } })).toBe(expected);
    expect(kind({ headers: { returnPath }, notice: 'delay', reports: [delay] })).toBe(
      expected === 'bounced' ? 'delayed' : expected
    );
  });
});

describe('S44, c50: a receipt counts if it comes from a recipient or names one', () => {
  const receipt = (reports: DeliveryReport[], author: string, returnPath: string | null = null): Change => ({
    notice: 'receipt',
    reports,
    headers: { from: from(author), returnPath },
  });
  it.each<[string, string, Change]>([
    ['from a recipient', 'read', receipt([], 'Ann@customer.test', `<${ann}>`)],
    ['that names one', 'read', receipt([displayed(ann)], 'ann@home.test')],
    ['from one, read at another address', 'read', receipt([displayed('ann@home.test')], ann)],
    ['from somebody else', 'unproven', receipt([], mallory)],
    ['from somebody else, of somebody else', 'unproven', receipt([displayed(mallory)], mallory)],
    ['of a mail deleted unread', 'none', receipt([{ ...displayed(ann), diagnostic: 'deleted' }], ann)],
    [
      'of a server',
      'none',
      receipt([report({ action: 'delivered', status: '2.1.5', diagnostic: 'displayed' })], ann),
    ],
  ])('%s: %s', (_, expected, change) => {
    expect(kind(change)).toBe(expected);
  });
});

describe('S44: what comes after the answer of that recipient changes nothing', () => {
  it.each<[string, string, Change]>([
    ['a bounce', 'none', {}],
    ['a bounce in words', 'none', { reports: [], text: `<${ann}>` }],
    ['a bounce for another recipient', 'bounced', { reports: [report({}), report({ address: bob })] }],
    ['a receipt', 'none', { notice: 'receipt', reports: [displayed(ann)] }],
    ['a receipt of another recipient', 'read', { notice: 'receipt', reports: [displayed(bob)] }],
  ])('%s: %s', (_, expected, change) => {
    expect(kind(change, [ann])).toBe(expected);
  });
});

it('P6: complaints and auto-replies change nothing, and are believed as they are', () => {
  expect(kind({ notice: 'complaint' })).toBe('none');
  expect(kind({ notice: 'auto-reply', reports: [] })).toBe('none');
});
