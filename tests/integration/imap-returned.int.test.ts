import { ImapFlow } from 'imapflow';
import type {
  ImapUid,
  NoticeKind,
  ReturnedMessage,
} from '../../src/plugins/email-connect/server/src/domain/message/message';
import { noticeAfterReport } from '../../src/plugins/email-connect/server/src/domain/returned/read-returned';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { accessTo, inFolder, PASSWORD, sessionPool } from '../support/imap-client';
import { isFetch, lines, startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import type { ScriptedServer } from '../support/scripted-server';
import { describeWith } from '../support/services';

const { connect, closeAll } = sessionPool();
const uid = 1 as ImapUid;
const sent = 'sent.1@crm.test';
const secret = 'canary-2c7d';

afterEach(closeAll);

/** A report (RFC 6522) with these parts after its words for people. */
const report = (type: string, ...parts: string[]): string =>
  [
    'From: Mail Delivery System <mailer-daemon@mx.test>',
    `Content-Type: multipart/report; report-type=${type}; boundary=b`,
    '',
    ...['Content-Type: text/plain\r\n\r\nWords.', ...parts].map((part) => `--b\r\n${part}`),
    '--b--',
    '',
  ].join('\r\n');

const status = (...groups: string[]) =>
  `Content-Type: message/delivery-status\r\n\r\n${['Reporting-MTA: dns; mx.test', ...groups].join('\r\n\r\n')}`;
const recipient = (address: string, action: string, code: string) =>
  `Final-Recipient: rfc822;${address}\r\nAction: ${action}\r\nStatus: ${code}`;
const returnedMail = `Content-Type: message/rfc822\r\n\r\nMessage-ID: <${sent}>\r\nSubject: Offer\r\n\r\n${secret}`;
const returnedHeader = `Content-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`Message-ID: <${sent}>\r\n`).toString('base64')}`;

describeWith('dovecot', 'P6: what notices return, from a real Dovecot', () => {
  let dovecot: Dovecot;
  beforeAll(async () => {
    dovecot = await startDovecot({ users: { ann: PASSWORD } });
  });
  afterAll(() => dovecot.stop());

  /** Files `raw` in a folder of its own and asks what it returns. */
  let folders = 0;
  const returnedBy = async (raw: string, notice: NoticeKind): Promise<ReturnedMessage | null> => {
    const folderPath = `Case ${(folders += 1)}`;
    const client = new ImapFlow({
      host: 'localhost',
      port: dovecot.imapsPort,
      secure: true,
      tls: { ca: [dovecot.certificate.cert] },
      auth: { user: 'ann', pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    await client.mailboxCreate(folderPath);
    await client.append(folderPath, raw);
    await client.logout();
    const session = await connect(accessTo(dovecot));
    return inFolder(session, folderPath, (folder) => folder.fetchReturned(uid, notice));
  };

  test('c49: several recipients, each with its own outcome', async () => {
    const raw = report(
      'delivery-status',
      status(recipient('a@x.test', 'failed', '5.1.1'), recipient('b@x.test', 'delayed', '4.4.1')),
      returnedMail
    );
    const returned = await returnedBy(raw, 'bounce');
    expect(returned).toMatchObject({
      messageIds: [sent],
      recipients: [
        { address: 'a@x.test', action: 'failed', status: '5.1.1' },
        { address: 'b@x.test', action: 'delayed', status: '4.4.1' },
      ],
    });
    expect(noticeAfterReport('bounce', returned)).toBe('bounce');
  });

  test('c49: a success is a receipt, whatever its subject', async () => {
    const raw = report(
      'delivery-status',
      status(recipient('a@x.test', 'delivered', '2.0.0'), recipient('b@x.test', 'relayed', '2.0.0')),
      returnedHeader
    );
    const returned = await returnedBy(raw, 'bounce');
    expect(returned?.messageIds).toEqual([sent]);
    expect(noticeAfterReport('bounce', returned)).toBe('receipt');
  });

  test('c50: a read receipt and a complaint', async () => {
    const mdn = `Content-Type: message/disposition-notification\r\n\r\nFinal-Recipient: rfc822;a@x.test\r\nOriginal-Message-ID: <${sent}>\r\nDisposition: automatic-action/MDN-sent-automatically; displayed`;
    expect(await returnedBy(report('disposition-notification', mdn), 'receipt')).toMatchObject({
      messageIds: [sent],
      recipients: [{ address: 'a@x.test', action: 'delivered' }],
    });
    const arf =
      'Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: a@x.test';
    expect(await returnedBy(report('feedback-report', arf, returnedMail), 'complaint')).toMatchObject({
      messageIds: [sent],
      recipients: [{ address: 'a@x.test', diagnostic: 'abuse' }],
    });
  });

  test('a bounce in words, encoded', async () => {
    const words = `<a@x.test>:\r\nno such user (#5.1.1)\r\n\r\nReceived: by mx\r\nMessage-ID: <${sent}>\r\n`;
    const raw = `From: mailer-daemon@mx.test\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(words).toString('base64')}\r\n`;
    expect(await returnedBy(raw, 'bounce')).toMatchObject({
      messageIds: [sent],
      recipients: [{ address: 'a@x.test', status: '5.1.1' }],
    });
  });

  test.each([
    [
      'encrypted',
      'multipart/encrypted; boundary=b',
      '--b\r\nContent-Type: application/octet-stream\r\n\r\nxx\r\n--b--',
    ],
    ['without its boundary', 'multipart/report; report-type=delivery-status; boundary=b', 'nothing'],
    ['a lone report that is empty', 'message/delivery-status', ''],
    ['empty', 'text/plain', ''],
  ])('a notice that is odd returns nothing: %s', async (_how, type, body) => {
    const raw = `From: mailer-daemon@mx.test\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
    expect(await returnedBy(raw, 'bounce')).toBeNull();
  });

  test.each([
    ['a global one (RFC 6532)', `Content-Type: message/global\r\n\r\nMessage-ID: <${sent}>\r\n\r\n${secret}`],
    [
      'one that says it is encoded',
      `${returnedMail.replace('\r\n', '\r\nContent-Transfer-Encoding: base64\r\n')}`,
    ],
  ])('a returned mail that servers read differently never fails: %s', async (_how, part) => {
    const raw = report('delivery-status', status(recipient('a@x.test', 'failed', '5.0.0')), part);
    expect(await returnedBy(raw, 'bounce')).toMatchObject({ recipients: [{ address: 'a@x.test' }] });
  });

  test('S12: the body of the returned mail and the text of receipts, complaints and auto-replies are never asked for', async () => {
    const before = (await dovecot.rawlog('ann')).length;
    const plain = `From: ann@x.test\r\n\r\nMessage-ID: <${sent}>\r\n`;
    for (const notice of ['receipt', 'complaint', 'auto-reply'] as const) {
      expect(await returnedBy(plain, notice)).toBeNull();
    }
    await returnedBy(report('delivery-status', returnedMail), 'bounce');
    await closeAll();
    const asked = (await dovecot.rawlog('ann')).slice(before);
    expect(asked).toMatch(/BODY\.PEEK\[2\.HEADER\]<0\.32768>/);
    expect(asked).not.toMatch(/TEXT|BODY\[|BODY\.PEEK\[\]|BODY\.PEEK\[\d+\][^<]/);
  });

  test('a gone message as null', async () => {
    const session = await connect(accessTo(dovecot));
    await inFolder(session, 'INBOX', async (folder) => {
      expect(await folder.fetchReturned(77 as ImapUid, 'bounce')).toBeNull();
    });
  });
});

describe('P6: what notices return, from servers that do as they like', () => {
  let server: ScriptedServer | null = null;
  afterEach(() => server?.stop());

  const returnedBy = async (script: Script, notice: NoticeKind = 'bounce') => {
    server = await startScriptedImap(script);
    const session = await connect(server.access);
    return inFolder(session, 'INBOX', (folder) => folder.fetchReturned(uid, notice));
  };
  const structure = (body: string) => lines(`* 1 FETCH (UID 1 BODYSTRUCTURE ${body})`, 'TAG OK done');
  const part = '("text" "rfc822-headers" NIL NIL NIL "7bit" 100 3)';

  test('a server that takes no notice of the range: only the first 32 KB count', async () => {
    const header = `Message-ID: <${sent}>\r\nX-Filler: ${'x'.repeat(40_000)}\r\nIn-Reply-To: <late@crm.test>\r\n\r\n`;
    const returned = await returnedBy((command) => {
      if (!isFetch(command)) return null;
      if (command.includes('BODYSTRUCTURE')) return structure(part);
      return lines(`* 1 FETCH (UID 1 BODY[1] {${header.length}}`, `${header})`, 'TAG OK done');
    });
    expect(returned?.messageIds).toEqual([sent]);
  });

  test.each([
    ['MESSAGE_UNREADABLE', 'TAG NO cannot read it'],
    ['MESSAGE_UNREADABLE', 'TAG NO [UNAVAILABLE] lost it'],
    ['SERVER_THROTTLED', 'TAG NO [LIMIT] too many requests'],
  ])('a server that refuses: %s', async (code, answer) => {
    const refused = returnedBy((command) => (isFetch(command) ? answer : null));
    await expect(refused).rejects.toMatchObject({ code });
  });

  test('a structure that is missing returns nothing', async () => {
    expect(await returnedBy((command) => (isFetch(command) ? structure('NIL') : null))).toBeNull();
  });

  test.each([
    ['headers', part],
    ['reports', '("message" "delivery-status" NIL NIL NIL "7bit" 100)'],
  ])(
    'S12: of a thousand %s no more than 32 KB are asked for, and never without a range',
    async (_what, each) => {
      const many = `(${each.repeat(1_000)} "mixed")`;
      await returnedBy((command) => {
        if (!isFetch(command)) return null;
        return command.includes('BODYSTRUCTURE') ? structure(many) : 'TAG OK done';
      });
      const asked = server?.commands.filter(isFetch).join('\n') ?? '';
      const ranges = [...asked.matchAll(/BODY\.PEEK\[[^\]]*\](?:<0\.(\d+)>)?/g)].map(([, size]) =>
        Number(size)
      );
      expect(ranges.length).toBeGreaterThan(0);
      expect(ranges.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(32 * 1024);
    }
  );
});
