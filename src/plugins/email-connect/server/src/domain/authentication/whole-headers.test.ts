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

const from = [{ address: 'uma@team.example', displayName: 'Uma' }];
const proven = (header: string, receiver: Receiver): boolean =>
  isSenderProven({ from }, readTrace(header.replaceAll('\n', '\r\n')), receiver);

describe('S46: the word of the server that received it proves the sender', () => {
  it.each<[string, string, Receiver]>([
    ['Gmail, below its own inner hops', gmail(gmailPass), at('imap.gmail.com')],
    ['Gmail, by name', gmail(gmailPass), trusting(['mx.google.com'], at('imap.gmail.com'))],
    ['Microsoft 365, which leaves its name out', microsoft(microsoftPass), at('outlook.office365.com')],
    [
      'Microsoft 365, by name',
      microsoft(microsoftPass),
      trusting(['protection.outlook.com'], at('outlook.office365.com')),
    ],
    ['Postfix with milters that write on top', milterOnTop, own],
    ['the same, named', milterOnTop, trusting(['mx.team.example'])],
    ['Postfix with milters that write below it, named', milterBelow, trusting(['mx.team.example'])],
    ['Postfix with DKIM alone, on top', delivered + openDkim + fromOutside + submitted, own],
    [
      'Postfix with milters of which one found little',
      delivered + openDmarc('none (p=none dis=none)') + openDkim + fromOutside + submitted,
      own,
    ],
    ['Postfix without LMTP', openDmarc() + fromOutside + submitted, own],
    ['Exim', exim(eximPass), own],
    [
      'Exim of a host whose name the inbox goes by',
      exim(eximPass.replaceAll('mx.team', 'mx.host')),
      at('imap.host.example'),
    ],
    ['Fastmail', fastmail('messagingengine.com', 'mx3.messagingengine.com'), at('imap.fastmail.com')],
    [
      'Fastmail’s software on an own server, named',
      fastmail('team.example', 'mx3.team.example'),
      trusting(['team.example']),
    ],
    [
      'Proton, through its Bridge',
      `Authentication-Results: mail.protonmail.ch; dmarc=pass header.from=team.example\n${submitted}`,
      { ...own, provider: 'proton-bridge', imap: { host: '127.0.0.1' } },
    ],
    [
      'a filter in front of Gmail, named',
      gmail(
        'dmarc=fail header.from=team.example',
        `Authentication-Results: mx.filter.example; dmarc=pass header.from=team.example
Received: from out.sender.example (out.sender.example [203.0.113.9])
\tby mx.filter.example (Postfix) with ESMTPS id 1; Mon, 2 Mar 2026 09:00:02 +0100
${submitted}`
      ),
      trusting(['mx.filter.example'], at('imap.gmail.com')),
    ],
  ])('%s', (_, header, receiver) => {
    expect(proven(header, receiver)).toBe(true);
  });
});

const forged = (field: string): string => `Authentication-Results: ${field}\n`;
/** What would have to stand below to make a forged field look like the server's own. */
const inventedHop = fromOutside.replace('7B6A5C', '000000');

/** Headers above which the named server wrote what it writes, and below that the field that a stranger invented. */
const servers: [string, Receiver, (invented: string) => string][] = [
  ['a plain Postfix', own, (invented) => fromStranger + invented],
  ['a plain Postfix with Dovecot', own, (invented) => delivered + fromStranger + invented],
  [
    'Postfix behind a tunnel, which sees every client as its own',
    own,
    (invented) => delivered + postfix('mx.team.example (localhost [127.0.0.1])') + invented,
  ],
  [
    'Postfix in a container, which sees every client as its gateway',
    own,
    (invented) => delivered + postfix('[127.0.0.1] (unknown [172.17.0.1])') + invented,
  ],
  [
    'a plain Exim',
    own,
    (invented) => exim('', '[203.0.113.66] (helo=mx.team.example)').split(submitted)[0] + invented,
  ],
  [
    'Exim, greeted as the own host',
    own,
    (invented) =>
      exim('', 'mx.team.example ([203.0.113.66] helo=[127.0.0.1])').split(submitted)[0] + invented,
  ],
  [
    'Gmail that found a forgery',
    at('imap.gmail.com'),
    (invented) => gmail('dmarc=fail header.from=team.example', invented),
  ],
  [
    'Microsoft 365 that found a forgery',
    at('outlook.office365.com'),
    (invented) =>
      microsoft('spf=none; dkim=none; dmarc=fail header.from=team.example').split(submitted)[0] + invented,
  ],
  ['a server that nobody trusts', trusting('nobody'), (invented) => milterOnTop + invented],
  ['a server beside the named ones', trusting(['mx.filter.example']), (invented) => milterOnTop + invented],
];

const inventions: [string, string][] = [
  ['nothing', ''],
  ['a provider', forged('mx.google.com; dmarc=pass header.from=team.example')],
  ['the own domain', forged('team.example; spf=pass smtp.mailfrom=uma@team.example')],
  ['the own host', forged('mx.team.example; dmarc=pass header.from=team.example')],
  ['the host of the mailbox', forged('mail.team.example; dkim=pass header.d=team.example')],
  ['no name', forged('spf=pass smtp.mailfrom=team.example; dmarc=pass header.from=team.example')],
  ['a provider in quotes', forged('"mx.google.com"; dmarc=pass')],
  ['a provider in capitals', forged('MX.GOOGLE.COM 1; DMARC=PASS')],
  ['a foreign server', forged('mx.evil.example; dmarc=pass header.from=team.example')],
  ['a pass in a comment', forged('mx.team.example; dmarc=none (x) (dmarc=pass header.from=team.example)')],
  ['a failure and a pass', forged('mx.team.example; dmarc=fail') + forged('mx.team.example; dmarc=pass')],
];

describe.each(servers)('S28, S44: on %s a stranger proves nothing with', (_server, receiver, header) => {
  it.each(inventions)('%s', (_, invented) => {
    expect(proven(header(invented + written), receiver)).toBe(false);
  });

  it.each(inventions)('%s, above a hop that it invented', (_, invented) => {
    for (const hop of [inventedHop, delivered + inventedHop, submitted])
      expect(proven(header(invented + hop + written), receiver)).toBe(false);
  });
});

describe.each([
  ['Dovecot alone', delivered],
  ['no server at all', ''],
])('S28, S44: where %s wrote a Received, a stranger proves nothing with', (_server, above) => {
  it.each(inventions)('%s', (_, invented) => {
    expect(proven(above + invented + written, own)).toBe(false);
  });
});

describe('S28: no proof, though a server says so', () => {
  it.each<[string, string, Receiver]>([
    ['below its own Received, where a stranger may write as well', milterBelow, own],
    [
      'below a content filter',
      delivered + postfix('localhost (localhost [127.0.0.1])') + openDmarc() + fromOutside + submitted,
      own,
    ],
    [
      'of software of a provider, on an own server that is not named',
      fastmail('team.example', 'mx3.team.example'),
      own,
    ],
    ['of a provider at which the inbox does not lie', gmail(gmailPass), own],
    [
      'of a provider at which the address lies, but not the inbox',
      gmail(gmailPass),
      { ...own, address: 'uma@gmail.com' },
    ],
    ['of Microsoft, without a name', microsoft(microsoftPass), own],
    [
      'of Microsoft, named, on another server',
      microsoft(microsoftPass),
      trusting(['protection.outlook.com']),
    ],
    [
      'of a host that only begins like the own',
      exim(eximPass.replaceAll('mx.team.example', 'mx.team.example.evil.example')),
      own,
    ],
    ['of nobody who is trusted', milterOnTop, trusting('nobody')],
    ['of a provider, where nobody is trusted', gmail(gmailPass), trusting('nobody', at('imap.gmail.com'))],
    [
      'beside a field that cannot be read',
      delivered + forged('mx.team.example; spf=none (') + openDmarc() + fromOutside + submitted,
      own,
    ],
    [
      'beside one that found a failure',
      delivered + openDkim + openDmarc('fail (p=reject)') + fromOutside + submitted,
      own,
    ],
    [
      'below a foreign server, by a name that is trusted',
      delivered +
        fromOutside +
        `Received: from x by relay.far.example with ESMTP; now\n` +
        openDmarc() +
        submitted,
      trusting(['mx.team.example']),
    ],
    [
      'of the Bridge, behind another preset',
      `${forged('mail.protonmail.ch; dmarc=pass')}${submitted}`,
      { ...own, imap: { host: '127.0.0.1' } },
    ],
  ])('%s', (_, header, receiver) => {
    expect(proven(header, receiver)).toBe(false);
  });
});
