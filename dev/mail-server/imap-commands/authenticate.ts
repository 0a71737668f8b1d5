import type { ImapCommand } from '../imap-session';
import { bad, no } from '../imap-refusal';
import type { MailStore, UserMailbox } from '../store';
import { finishLogin } from './login';

type Mechanism = (store: MailStore, response: string) => UserMailbox | undefined;

/** Control-A ends the fields of the OAuth mechanisms. */
const END = '\x01';

/** RFC 4616: authorisation identity, name, password, separated by NUL. */
const plain: Mechanism = (store, response) => {
  const [, name = '', password = ''] = response.split('\0');
  return store.login(name, password);
};

const byToken =
  (nameOf: RegExp): Mechanism =>
  (store, response) => {
    const token = response.split(END).find((field) => field.startsWith('auth=Bearer '));
    return store.loginByToken(nameOf.exec(response)?.[1] ?? '', token?.slice('auth=Bearer '.length) ?? '');
  };

const MECHANISMS = new Map<string, Mechanism>([
  ['PLAIN', plain],
  ['XOAUTH2', byToken(/^user=([^\x01]*)\x01/)],
  // RFC 7628 section 3.1.
  ['OAUTHBEARER', byToken(/^n,a=([^,\x01]*),\x01/)],
]);

const REFUSED_TOKEN = Buffer.from('{"status":"401","schemes":"bearer","scope":"mail"}').toString('base64');

/** RFC 3501 section 6.2.2, with the initial response of RFC 4959. */
export const authenticate: ImapCommand = {
  names: ['AUTHENTICATE'],
  needs: 'no login',
  async run(session, args) {
    const name = args.word();
    const mechanism = MECHANISMS.get(name);
    if (!mechanism || !session.has(`AUTH=${name}`)) throw no('[CANNOT] Mechanism is not offered');
    const isInitial = !args.isEmpty;
    if (isInitial && !session.has('SASL-IR')) throw bad('SASL-IR is not offered');
    const initial = isInitial ? args.astring() : undefined;
    args.end();
    const encoded = initial ?? (await session.nextLine('', true));
    if (encoded === '*') throw bad('Authentication was given up');
    if (!/^(?:[A-Za-z0-9+/]+={0,2}|=)$/.test(encoded)) throw bad('Response is not base64');
    const user = mechanism(session.world.store, Buffer.from(encoded, 'base64').toString('utf8'));
    // The OAuth mechanisms give the reason in a challenge, which the client acknowledges (RFC 7628 section 3.2.3).
    if (!user && name !== 'PLAIN') await session.nextLine(REFUSED_TOKEN, true);
    return finishLogin(session, user);
  },
};
