import { readTrace } from '../message/trace';
import {
  at,
  delivered,
  exim,
  eximPass,
  fastmail,
  fromOutside,
  fromStranger,
  gmail,
  gmailPass,
  microsoft,
  microsoftPass,
  milterBelow,
  milterOnTop,
  openDkim,
  openDmarc,
  own,
  postfix,
  submitted,
  trusting,
  written,
} from '../../testing/fakes/whole-headers';
import { isSenderProven } from './authenticated-sender';
import type { Receiver } from './believed-results';
import { hasFailedDmarc } from './failed-dmarc';

const uma = ['uma@team.example'];
const headersOf = (from: string[]) => ({ from: from.map((address) => ({ address, displayName: '' })) });
const failed = (header: string, receiver = own, from = uma): boolean =>
  hasFailedDmarc(headersOf(from), readTrace(header.replaceAll('\n', '\r\n')), receiver);
const results = (field: string): string => `Authentication-Results: ${field}\n`;

const gmailFail = 'dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=team.example';
const microsoftFail = `spf=fail (sender IP is 203.0.113.5)
 smtp.mailfrom=team.example; dkim=none (message not signed)
 header.d=none;dmarc=fail action=oreject header.from=team.example;compauth=fail
 reason=000`;
const eximFail = eximPass.replace('dmarc=pass', 'dmarc=fail');
const openDmarcFail = openDmarc('fail (p=none dis=none)');

describe('S44: the word of the server that received it, that DMARC failed', () => {
  it.each<[string, string, Receiver]>([
    ['Gmail, below its own inner hops', gmail(gmailFail), at('imap.gmail.com')],
    ['Gmail, by name', gmail(gmailFail), trusting(['mx.google.com'], at('imap.gmail.com'))],
    ['Microsoft 365, which leaves its name out', microsoft(microsoftFail), at('outlook.office365.com')],
    ['Postfix with milters that write on top', delivered + openDmarcFail + fromOutside + submitted, own],
    [
      'Postfix with milters that write below it, named',
      delivered + fromOutside + openDmarcFail + openDkim + submitted,
      trusting(['mx.team.example']),
    ],
    ['Exim', exim(eximFail), own],
    [
      'Fastmail',
      fastmail('messagingengine.com', 'mx3.messagingengine.com').replace('dmarc=pass', 'dmarc=fail'),
      at('imap.fastmail.com'),
    ],
    [
      'a filter in front of Gmail, named',
      gmail(
        gmailPass,
        results('mx.filter.example; dmarc=fail header.from=team.example') +
          fromOutside.replaceAll('mx.team', 'mx.filter') +
          submitted
      ),
      trusting(['mx.filter.example'], at('imap.gmail.com')),
    ],
  ])('%s', (_, header, receiver) => {
    expect(failed(header, receiver)).toBe(true);
  });

  it.each<[string, string, Receiver]>([
    ['Gmail', gmail(gmailPass), at('imap.gmail.com')],
    ['Microsoft 365', microsoft(microsoftPass), at('outlook.office365.com')],
    ['Postfix', milterOnTop, own],
    ['Postfix, named', milterBelow, trusting(['mx.team.example'])],
    ['Exim', exim(eximPass), own],
    ['a server that found no policy', delivered + openDmarc('none') + fromOutside + submitted, own],
    ['a server that could not look it up', delivered + openDmarc('temperror') + fromOutside + submitted, own],
    [
      'a server that looked at SPF and DKIM alone',
      delivered +
        results('mx.team.example; spf=fail smtp.mailfrom=team.example; dkim=fail header.d=team.example') +
        fromOutside +
        submitted,
      own,
    ],
    [
      'a server that says it in a comment',
      delivered + openDmarc('pass (was dmarc=fail)') + fromOutside + submitted,
      own,
    ],
    ['a server that says nothing', delivered + fromOutside + submitted, own],
  ])('not of %s, where it did not', (_, header, receiver) => {
    expect(failed(header, receiver)).toBe(false);
  });

  it.each<[string, string, Receiver]>([
    ['Gmail', gmail(gmailFail), trusting('nobody', at('imap.gmail.com'))],
    ['Postfix', delivered + openDmarcFail + fromOutside + submitted, trusting('nobody')],
    [
      'a server beside the named ones',
      delivered + openDmarcFail + fromOutside + submitted,
      trusting(['mx.filter.example']),
    ],
  ])('not of %s, where it is not trusted', (_, header, receiver) => {
    expect(failed(header, receiver)).toBe(false);
  });
});

/** Headers above which the named server wrote what it writes, and below that a field that came with the mail. */
const servers: [string, Receiver, (brought: string, dmarc: 'pass' | 'fail') => string][] = [
  [
    'Gmail',
    at('imap.gmail.com'),
    (brought, dmarc) => gmail(dmarc === 'pass' ? gmailPass : gmailFail, brought + written),
  ],
  [
    'Microsoft 365',
    at('outlook.office365.com'),
    (brought, dmarc) =>
      microsoft(dmarc === 'pass' ? microsoftPass : microsoftFail).replace(submitted, brought + written),
  ],
  [
    'Postfix with milters that write on top',
    own,
    (brought, dmarc) => delivered + openDmarc(dmarc) + openDkim + fromStranger + brought + written,
  ],
  [
    'Postfix with milters that write below it, named',
    trusting(['mx.team.example']),
    (brought, dmarc) => delivered + fromStranger + openDmarc(dmarc) + openDkim + brought + written,
  ],
  [
    'Exim, greeted as the own host',
    own,
    (brought, dmarc) =>
      exim(
        dmarc === 'pass' ? eximPass : eximFail,
        'mx.team.example ([203.0.113.66] helo=[127.0.0.1])'
      ).replace(submitted, brought + written),
  ],
];
const servernames = ['mx.google.com', 'mx.team.example', 'mail.team.example', 'mx.evil.example', ''];
const inventedHops = ['', fromOutside.replace('7B6A5C', '000000'), delivered, submitted];

describe.each(servers)('S44: what a mail brings with it to %s', (_server, receiver, header) => {
  const brought = (result: string): string[] =>
    servernames.flatMap((name) =>
      inventedHops.map((hop) => results(`${name}; dmarc=${result} header.from=team.example`) + hop)
    );

  it('brands no good mail', () => {
    for (const field of brought('fail')) expect(failed(header(field, 'pass'), receiver)).toBe(false);
  });

  it('whitewashes no forged mail', () => {
    for (const field of brought('pass')) expect(failed(header(field, 'fail'), receiver)).toBe(true);
  });
});

it.each([
  ['a plain Postfix', fromStranger],
  ['a plain Postfix with Dovecot', delivered + fromStranger],
  ['Postfix behind a tunnel', delivered + postfix('mx.team.example (localhost [127.0.0.1])')],
  ['a plain Exim', exim('').replace(submitted, '')],
  ['no server that wrote a Received', ''],
])('S44: where %s checks nothing, a field that came with the mail brands it no more', (_, above) => {
  for (const name of servernames)
    expect(failed(`${above}${results(`${name}; dmarc=fail header.from=team.example`)}${written}`)).toBe(
      false
    );
});

describe('S44: about whom a failure speaks', () => {
  const says = (field: string, from?: string[]) =>
    failed(delivered + results(`mx.team.example; ${field}`) + fromOutside + submitted, own, from);

  it.each<[string, string, string[]]>([
    ['the author’s domain', 'dmarc=fail header.from=customer.example', ['cleo@customer.example']],
    ['the same in capitals', 'DMARC=Fail header.from=Customer.Example', ['cleo@CUSTOMER.example']],
    ['a domain that is not told', 'dmarc=fail (p=none)', ['cleo@customer.example']],
    [
      'the domain that the author’s belongs to',
      'dmarc=fail header.from=customer.example',
      ['cleo@mail.customer.example'],
    ],
    ['a domain in other letters', 'dmarc=fail header.from=xn--mller-kva.example', ['cleo@müller.example']],
    [
      'the author’s domain among others',
      'dmarc=fail header.from=evil.example header.from=customer.example',
      ['cleo@customer.example'],
    ],
    [
      'the author who is shown, of two',
      'dmarc=fail header.from=customer.example',
      ['cleo@customer.example', 'm@evil.example'],
    ],
  ])('%s', (_, field, from) => {
    expect(says(field, from)).toBe(true);
  });

  it.each<[string, string, string[]]>([
    ['another domain', 'dmarc=fail header.from=evil.example', ['cleo@customer.example']],
    [
      'another domain, while the author’s passed',
      'dmarc=fail header.from=evil.example; dmarc=pass header.from=customer.example',
      ['cleo@customer.example'],
    ],
    ['one that only ends alike', 'dmarc=fail header.from=evilcustomer.example', ['cleo@customer.example']],
    ['nobody', 'dmarc=fail', []],
    ['an author without a domain', 'dmarc=fail', ['cleo']],
  ])('not %s', (_, field, from) => {
    expect(says(field, from)).toBe(false);
  });
});

describe('S44, S28: of a failure and a pass the failure counts, as it does for the log address', () => {
  // The own server's two checks disagree, or it was led to check twice. A warning too many costs a look; one too few is
  // what whoever forged the mail wants. And what proves nobody (S28) is not shown as if it did.
  const both = [openDmarcFail, openDmarc()];
  it.each<[string, string]>([
    ['in two fields', delivered + both.join('') + fromOutside + submitted],
    ['in two fields, the pass on top', delivered + [...both].reverse().join('') + fromOutside + submitted],
    [
      'in one field',
      delivered +
        results('mx.team.example; dmarc=pass header.from=team.example; dmarc=fail header.from=team.example') +
        fromOutside +
        submitted,
    ],
  ])('%s', (_, header) => {
    expect(failed(header)).toBe(true);
    expect(isSenderProven(headersOf(uma), readTrace(header.replaceAll('\n', '\r\n')), own)).toBe(false);
  });
});
