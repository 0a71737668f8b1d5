import fc from 'fast-check';
import { readReceived } from './received';

it.each([
  [
    'Postfix',
    'from a.test (b.test [192.0.2.1]) by mx.Team.example (Postfix) with ESMTPS id 1 for <x@y>; now',
    'mx.team.example',
    false,
  ],
  [
    'Dovecot',
    'from mx.team.example by mail.team.example with LMTP id x for <a@b>; now',
    'mail.team.example',
    true,
  ],
  ['Cyrus', 'from c (c.internal [10.2.2.44]) by store (Cyrus 3.13) with LMTPA; now', 'store', true],
  ['LMTP in UTF-8 (RFC 6531)', 'from a by b with UTF8LMTPS id 1; now', 'b', true],
  ['Google, without a client', 'by 2002:a05:7010:: with SMTP id x; now', '2002:a05:7010::', false],
  [
    'a program',
    '(from root@localhost) by mx.team.example (8.17/8.17/Submit) id 1; now',
    'mx.team.example',
    false,
  ],
  ['qmail', '(qmail 12 invoked by uid 7); now', '', false],
  [
    'a greeting with a protocol in it',
    'from x with LMTP y by mx.test with ESMTP id 1; now',
    'mx.test',
    false,
  ],
  [
    'a greeting with a server in it',
    'from x by y with LMTP id 1 (z [192.0.2.1]) by mx.test with ESMTP id 2; now',
    '',
    false,
  ],
  ['a greeting that ends the field', 'from x; with LMTP by mx.test', '', false],
  ['a greeting with a comment that never ends', 'from x (by mx.test with LMTP id 1; now', '', false],
  ['a protocol in a comment', 'from x by mx.test (with LMTP) id 1; now', 'mx.test', false],
  ['a protocol in quotes', 'from "a with LMTP" by mx.test with SMTP; now', 'mx.test', false],
  [
    'a recipient with words in it',
    'from x by mx.test with LMTP id 1 for <"a by b with c"@d>; now',
    'mx.test',
    true,
  ],
  ['nothing', '', '', false],
])('reads %s', (_, value, by, isDelivery) => {
  expect(readReceived(value)).toEqual({ by, isDelivery });
});

it('never throws', () => {
  const word = fc.constantFrom('by ', 'with ', 'LMTP ', '(', ')', '"', '<', '>', '\\', ';', 'x.test ');
  fc.assert(fc.property(fc.array(word), (words) => void readReceived(words.join(''))));
});
