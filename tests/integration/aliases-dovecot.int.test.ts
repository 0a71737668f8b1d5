import { randomBytes } from 'node:crypto';
import type { WholeThread } from '../../dev/demo/crm';
import { offerTo, startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { headerOf } from '../support/mail-program';
import { filesBelow, filesHolding } from '../support/search-files';
import { describeWith } from '../support/services';
import { until } from '../support/until';

const grace = 'grace@customer.example';
const mallory = 'mallory@evil.example';
const friend = 'friend@home.example';
const canary = `canary${randomBytes(9).toString('hex')}`;

const mail = (fields: Record<string, string>, text: string): string =>
  [
    ...Object.entries({ To: us.address, 'MIME-Version': '1.0', 'Content-Type': 'text/plain', ...fields }).map(
      ([name, value]) => `${name}: ${value}`
    ),
    '',
    text,
    '',
  ].join('\r\n');

/** What everybody who got our mail can read in it. */
interface Known {
  id: string;
  date: string;
  subject: string;
  references: string;
  threadIndex: string;
}

describeWith('dovecot', 'the ids of our mail on a real Dovecot', () => {
  let stage: DovecotScene;
  let threadDocumentId = '';
  let ours: Known;
  let sentCopy: Buffer;

  const thread = (): Promise<WholeThread> => stage.scene.crm.readThread(threadDocumentId);
  const idsOf = ({ messages }: WholeThread): (string | null)[] => messages.map(({ messageId }) => messageId);

  /** Other mail of a private conversation answers this id. */
  const answerOf = (privateId: string): string =>
    mail(
      {
        'Message-ID': `<answer-to-${privateId}>`,
        'In-Reply-To': `<${privateId}>`,
        References: `<${privateId}>`,
        From: friend,
        Date: new Date().toUTCString(),
        Subject: 'Re: Divorce papers',
      },
      `This is private: ${canary}`
    );

  beforeAll(async () => {
    stage = await startDovecotScene([grace]);
    threadDocumentId = await offerTo(stage, grace, 'G');
    const id = (await thread()).messages[0]?.messageId ?? '';
    const { raw } = await stage.programOf(grace).waitFor('INBOX', id);
    ours = {
      id,
      date: headerOf(raw, 'Date'),
      subject: headerOf(raw, 'Subject'),
      references: headerOf(raw, 'References'),
      threadIndex: headerOf(raw, 'Thread-Index'),
    };
    sentCopy = (await stage.programOf(us.address).waitFor('Sent', id)).raw;
  }, 150_000);
  afterAll(() => stage.end());

  it('S44, S19: a mail that says it is ours teaches nothing: no private mail that cites it is fetched, and none is lost', async () => {
    const alike = { Date: ours.date, Subject: ours.subject };
    const inThread = { ...alike, References: ours.references, 'Thread-Index': ours.threadIndex };
    const other = { Date: new Date().toUTCString(), Subject: 'Divorce papers' };
    const program = stage.programOf(us.address);
    const poison: [string, Record<string, string>, string][] = [
      ['google', { From: mallory, ...other, 'X-Google-Original-Message-ID': `<${ours.id}>` }, 'INBOX'],
      ['microsoft', { From: mallory, ...other, 'X-Microsoft-Original-Message-ID': `<${ours.id}>` }, 'INBOX'],
      ['alike', { From: mallory, ...alike, 'X-Google-Original-Message-ID': `<${ours.id}>` }, 'INBOX'],
      ['resent', { From: mallory, ...alike, 'Resent-Message-ID': `<${ours.id}>` }, 'INBOX'],
      ['original', { From: mallory, ...alike, 'Original-Message-ID': `<${ours.id}>` }, 'INBOX'],
      ['in-our-name', { From: us.address, ...inThread }, 'INBOX'],
      [
        'in-our-name-filed',
        { From: us.address, ...inThread, 'X-Microsoft-Original-Message-ID': `<${ours.id}>` },
        'Archive',
      ],
      [
        'delivered-to-sent',
        {
          'Delivered-To': us.address,
          From: mallory,
          ...inThread,
          'X-Google-Original-Message-ID': `<${ours.id}>`,
        },
        'Sent',
      ],
    ];
    for (const [name, fields, folder] of poison) {
      const raw = mail({ 'Message-ID': `<${name}@private.example>`, ...fields }, 'Poison.');
      await (folder === 'INBOX'
        ? stage.dovecot.deliver(us.address, raw)
        : program.append(folder, raw, ['\\Seen']));
    }
    // These belong to the conversation: they are logged, and what they say of a private id counts for nothing.
    const answers: [string, Record<string, string>][] = [
      [
        'answer',
        { 'In-Reply-To': `<${ours.id}>`, 'X-Google-Original-Message-ID': '<named@private.example>' },
      ],
      ['claim', { References: ours.references, 'X-Microsoft-Original-Message-ID': `<${ours.id}>` }],
    ];
    for (const [name, fields] of answers)
      await stage.dovecot.deliver(
        us.address,
        mail({ 'Message-ID': `<${name}@evil.example>`, From: mallory, ...alike, ...fields }, 'I am here.')
      );
    await stage.pass();
    for (const name of [...poison.map(([key]) => key), 'named'])
      await stage.dovecot.deliver(us.address, answerOf(`${name}@private.example`));
    await stage.pass();

    expect(idsOf(await thread()).sort()).toEqual(
      [ours.id, 'answer@evil.example', 'claim@evil.example'].sort()
    );
    // `stage.end` fails if the body of a mail was read that is not recorded.
    expect(filesHolding(canary, filesBelow(stage.scene.dir))).toEqual([]);
  }, 60_000);

  it('S44, S27: what a forward from Sent brings was not handed over here: it is incoming, and teaches nothing', async () => {
    const logAddress = 'uma+log@team.example';
    await stage.scene.strapi.admin.fetch('PUT', `/email-connect/inboxes/${stage.inboxDocumentId}/policy`, {
      policy: 'replies',
      logAddress,
      trustedAuthServers: 'known',
    });
    const original = mail(
      {
        'Message-ID': '<forwarded@evil.example>',
        'X-Google-Original-Message-ID': '<in-forward@private.example>',
        From: mallory,
        Date: ours.date,
        Subject: 'A question',
      },
      'The question.'
    );
    const forward = mail(
      {
        'Message-ID': '<forward@team.example>',
        From: us.address,
        To: logAddress,
        Date: new Date().toUTCString(),
        Subject: 'Fwd: A question',
        'Content-Type': 'multipart/mixed; boundary=part',
      },
      `--part\r\nContent-Type: message/rfc822\r\n\r\n${original}\r\n--part--`
    );
    await stage.programOf(us.address).append('Sent', forward, ['\\Seen']);
    await stage.pass();
    await stage.dovecot.deliver(us.address, answerOf('in-forward@private.example'));
    await stage.pass();
    const rows = await stage.scene.rows(
      "select message_id, direction from email_connect_messages where subject = 'A question'"
    );
    expect(rows).toEqual([{ message_id: 'forwarded@evil.example', direction: 'incoming' }]);
    expect(filesHolding(canary, filesBelow(stage.scene.dir))).toEqual([]);
  }, 60_000);

  it('S14, S26: the copy that the server filed in Sent under another id is no second mail, and answers to that id are found', async () => {
    const rewritten = 'rewritten@prod.outlook.example';
    const raw = sentCopy
      .toString('latin1')
      .replace(
        /^Message-ID:.*\r\n/im,
        `Message-ID: <${rewritten}>\r\nX-Microsoft-Original-Message-ID: <${ours.id}>\r\n`
      );
    const before = idsOf(await thread());
    await stage.programOf(us.address).append('Sent', Buffer.from(raw, 'latin1'), ['\\Seen']);
    await stage.pass();
    expect(idsOf(await thread())).toEqual(before);
    await stage.dovecot.deliver(
      us.address,
      mail(
        {
          'Message-ID': '<late@customer.example>',
          'In-Reply-To': `<${rewritten}>`,
          From: grace,
          Date: new Date().toUTCString(),
          Subject: 'AW: Offer',
        },
        'Yes.'
      )
    );
    await stage.pass();
    await until(
      async () => idsOf(await thread()).includes('late@customer.example'),
      'The answer to the other id is not found.'
    );
  }, 60_000);
});
