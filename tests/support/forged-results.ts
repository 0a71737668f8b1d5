/** What a plain Postfix writes above a mail that a stranger brings. */
export const takenFromOutside = (recipient: string): string =>
  [
    'Received: from mail.evil.example (unknown [203.0.113.66])',
    '\tby mx.team.example (Postfix) with ESMTP id 5C1A32D624F',
    `\tfor <${recipient}>; ${new Date().toUTCString()}`,
    '',
  ].join('\r\n');

/** Authentication-Results that a stranger writes on top of a mail in the name of `uma@team.example`. */
export const forgedResults: [string, string[]][] = [
  ['no result', []],
  ['the result of a provider', ['mx.google.com; dmarc=pass header.from=team.example']],
  ['the result of the own domain', ['team.example; spf=pass smtp.mailfrom=uma@team.example']],
  ['a result without a server', ['spf=pass smtp.mailfrom=team.example; dmarc=pass header.from=team.example']],
  ['a provider in quotes', ['"mx.google.com"; dmarc=pass']],
  ['a provider in capitals, with a version', ['MX.GOOGLE.COM 1; DMARC=PASS']],
  ['the result of a foreign server', ['mx.evil.example; dmarc=pass header.from=team.example']],
  ['a pass in a comment', ['mx.team.example; dmarc=none (x) (dmarc=pass header.from=team.example)']],
  ['a failure above a pass', ['mx.team.example; dmarc=fail', 'mx.team.example; dmarc=pass']],
];
