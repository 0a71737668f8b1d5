import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import type { MessageId } from '../../src/plugins/email-connect/server/src/domain/identification/message-id';
import type { HeaderSearch } from '../../src/plugins/email-connect/server/src/ports';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { faults, startFaultyImap } from '../support/faulty-server';
import type { FaultPlan, FaultyServer } from '../support/faulty-server';
import { accessTo, inFolder, mail, PASSWORD, sessionPool } from '../support/imap-client';
import { describeWith } from '../support/services';

const { connect, closeAll } = sessionPool();

const id = (text: string) => text as MessageId;
const day = 24 * 3_600_000;
const from = (address: string, messageId: string, subject = messageId) =>
  mail(messageId)
    .replace('customer@example.net', address)
    .replace(`Subject: ${messageId}`, `Subject: ${subject}`);

const mails = [
  from('Grace <grace@customer.example>', 'one'),
  from('other@customer.example', 'two', '=?UTF-8?Q?Gr=C3=B6=C3=9Fe?= and price'),
  from('GRACE@customer.example', 'three', 'The price'),
  from('other@customer.example', 'four').replace('To: ann@example.org', 'Cc: grace@customer.example'),
  mail('five', 'grace@customer.example wrote of the price, Message-ID: <one@example.net>'),
];

const cases: [string, HeaderSearch, number, number[]][] = [
  ['by Message-ID', { messageId: id('two@example.net') }, 10, [2]],
  ['by a Message-ID of which one holds a part', { messageId: id('wo@example.net') }, 10, []],
  ['by a Message-ID that another one equals but for its case', { messageId: id('TWO@example.net') }, 10, []],
  ['by an address in From or Cc, whatever its case', { address: 'grace@customer.example' }, 10, [1, 3, 4]],
  ['the newest of more than asked for, newest last', { address: 'grace@customer.example' }, 2, [3, 4]],
  ['none of more than none', { address: 'grace@customer.example' }, 0, []],
  ['by an address in To', { address: 'ann@example.org' }, 10, [1, 2, 3, 5]],
  ['by subject', { subject: 'price' }, 10, [2, 3]],
  ['by a subject that is encoded', { subject: 'größe' }, 10, [2]],
  ['by both', { address: 'grace@customer.example', subject: 'PRICE' }, 10, [3]],
  ['since a day', { subject: 'price', since: new Date() }, 10, [2, 3]],
  ['since a day that has not come', { subject: 'price', since: new Date(Date.now() + 3 * day) }, 10, []],
];

describeWith('dovecot', 'a search by header on Dovecot', () => {
  let dovecot: Dovecot;

  beforeAll(async () => {
    dovecot = await startDovecot({ users: { ann: PASSWORD } });
    for (const raw of mails) await dovecot.deliver('ann', raw);
  });
  afterEach(closeAll);
  afterAll(() => dovecot.stop());

  test.each(cases)('finds %s', async (_what, search, limit, expected) => {
    const session = await connect(accessTo(dovecot));
    expect(await inFolder(session, 'INBOX', (folder) => folder.search(search, limit))).toEqual(expected);
  });

  test('S12: and never asks for a text or a body', async () => {
    const commands = await dovecot.rawlog('ann');
    expect(commands).toMatch(/UID SEARCH RETURN \(ALL COUNT\) HEADER MESSAGE-ID "?<two@example\.net>"?/);
    expect(commands).not.toMatch(/SEARCH .*\b(TEXT|BODY)\b|BODY(\.PEEK)?\[\]|\[TEXT\]/);
  });
});

describe('a search by header where the server is no help', () => {
  let server: FaultyServer | null = null;

  afterEach(async () => {
    await closeAll();
    await server?.stop();
  });

  const searchOn = async (plan: FaultPlan, search: HeaderSearch, limit = 10) => {
    server = await startFaultyImap({ inbox: mails, ...plan });
    const session = await connect(server.access, undefined, createImap());
    return inFolder(session, 'INBOX', (folder) => folder.search(search, limit));
  };
  const refused = (text: string): FaultPlan => ({
    // ESEARCH is given up after the first refusal, then the old form is refused too; listing UIDs works again.
    faults: [faults.refuse('UID SEARCH', text).often(2)],
  });

  test.each(cases)(
    'Yahoo refuses: it looks through the newest messages itself and finds %s',
    async (_what, search, limit, expected) => {
      expect(
        await searchOn(refused('NO [SERVERBUG] SEARCH Server error - Please try again later'), search, limit)
      ).toEqual(expected);
    }
  );

  test('a server that cannot search at all: by the headers alone', async () => {
    const plan = { faults: [faults.refuse('UID SEARCH', 'BAD no search here').always()] };
    expect(await searchOn(plan, { messageId: id('three@example.net') })).toEqual([3]);
  });

  test('a server that knows nothing of new mail yet: a Message-ID is found all the same', async () => {
    const plan = {
      faults: [faults.say('UID SEARCH', '* ESEARCH (TAG "TAG") UID COUNT 0\r\nTAG OK done\r\n')],
    };
    expect(await searchOn(plan, { messageId: id('three@example.net') })).toEqual([3]);
  });

  test('a throttled server is not taken for one that finds nothing', async () => {
    const plan = { faults: [faults.throttle('UID SEARCH')] };
    await expect(searchOn(plan, { subject: 'price' })).rejects.toMatchObject({
      code: 'SERVER_THROTTLED',
      retryAfterMs: 900_000,
    });
  });
});
