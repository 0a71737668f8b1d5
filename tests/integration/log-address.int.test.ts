import { randomBytes } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { inboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type { Message } from '../../src/plugins/email-connect/shared/contracts/message';
import { quarantineList } from '../../src/plugins/email-connect/shared/contracts/quarantine';
import { adminClient } from '../support/admin-client';
import { forgedResults, takenFromOutside } from '../support/forged-results';
import { startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { describeWith } from '../support/services';
import { ask } from '../support/unlogged-scene';
import { until } from '../support/until';

const tom = 'tom@team.example';
const grace = 'grace@customer.example';
const henry = 'henry@customer.example';
const ida = 'ida@partner.example';
const logAddress = 'uma+log@team.example';
const canary = `canary${randomBytes(9).toString('hex')}`;

/** What the server that received it says of its sender (RFC 8601), above whatever came with the mail. */
const proof = (server: string, domain: string, result = 'pass'): string =>
  `Authentication-Results: ${server};\r\n\tdmarc=${result} header.from=${domain}\r\n`;
const proven = proof('mx.team.example', 'team.example');

interface Written {
  messageId: string;
  from: string;
  to?: string;
  subject: string;
  text?: string;
  date?: string;
  references?: string[];
  attached?: Buffer;
}

const write = async ({ messageId, references = [], attached, date, ...fields }: Written): Promise<string> => {
  const raw = await new MailComposer({
    to: us.address,
    text: 'Hello.',
    ...fields,
    messageId: `<${messageId}>`,
    ...(references.length > 0 && { inReplyTo: references.at(-1), references }),
    ...(attached && {
      attachments: [{ contentType: 'message/rfc822', filename: 'original.eml', content: attached }],
    }),
    headers: { Date: date ?? new Date().toUTCString() },
  })
    .compile()
    .build();
  return raw.toString('latin1');
};

describeWith('dovecot', 'the log address on a real Dovecot', () => {
  let stage: DovecotScene;
  let inbox = '';
  const contacts = new Map<string, string>();

  const admin = () => adminClient(stage.scene.strapi.url, stage.scene.strapi.admin.token);
  const deliver = (raw: string, to: string = us.address) =>
    stage.dovecot.deliver(to, Buffer.from(raw, 'latin1'));
  const toLog = async (raw: string) => {
    await deliver(raw, logAddress);
    await stage.pass();
  };
  const messagesOf = async (address: string): Promise<Message[]> => {
    const { threads } = await stage.scene.crm.threadsOf(contacts.get(address) ?? '');
    const read = await Promise.all(threads.map(({ documentId }) => stage.scene.crm.readThread(documentId)));
    return read.flatMap(({ messages }) => messages);
  };
  const find = async (address: string, messageId: string): Promise<Message | undefined> =>
    (await messagesOf(address)).find((message) => message.messageId === messageId);
  const held = async () =>
    (await ask({ admin: admin() }, quarantineList, 'GET', `${inbox}/quarantine`)).messages;

  beforeAll(async () => {
    stage = await startDovecotScene([grace, henry, ida], { EMAIL_CONNECT_TEAM_ADDRESSES: tom });
    inbox = `/inboxes/${stage.inboxDocumentId}`;
    for (const email of [grace, henry])
      contacts.set(email, await stage.scene.crm.createContact({ name: email, email, company: '' }));
    await ask({ admin: admin() }, inboxWithFolders, 'PUT', `${inbox}/policy`, {
      policy: 'replies',
      logAddress,
      trustedAuthServers: ['mx.team.example'],
    });
    await stage.pass();
  }, 150_000);
  afterAll(() => stage.end());

  it('S17: of four originals the replies to the three that are logged are logged, and the fourth leaves no trace', async () => {
    const { messageDocumentId, threadDocumentId } = await stage.scene.crm.send({
      contactDocumentId: contacts.get(grace) ?? '',
      answersDocumentId: null,
      to: [grace],
      cc: [],
      bcc: [],
      subject: 'From the CRM',
      text: 'Hello.',
      html: '',
    });
    const sent = (await stage.scene.crm.readThread(threadDocumentId)).messages.find(
      ({ documentId }) => documentId === messageDocumentId
    );
    await toLog(
      proven +
        (await write({ messageId: 'bcc@team.example', from: us.address, to: grace, subject: 'By Bcc' }))
    );
    const original = await write({ messageId: 'fwd@customer.example', from: henry, subject: 'Question' });
    await deliver(original);
    await toLog(
      proven +
        (await write({
          messageId: 'forward@team.example',
          from: us.address,
          to: logAddress,
          subject: 'Fwd: Question',
          attached: Buffer.from(original),
        }))
    );
    await deliver(
      await write({ messageId: `${canary}@partner.example`, from: ida, subject: canary, text: canary })
    );

    const replies: Written[] = [
      { messageId: 'r1@customer.example', from: grace, subject: 'Re: From the CRM' },
      { messageId: 'r2@customer.example', from: grace, subject: 'Re: By Bcc' },
      { messageId: 'r3@customer.example', from: henry, subject: 'Re: Question' },
      { messageId: `${canary}-r4@partner.example`, from: ida, subject: `Re: ${canary}`, text: canary },
    ];
    const originals = [
      sent?.messageId,
      'bcc@team.example',
      'fwd@customer.example',
      `${canary}@partner.example`,
    ];
    for (const [i, reply] of replies.entries())
      await deliver(await write({ ...reply, references: [`<${originals[i]}>`] }));
    await stage.pass();

    expect(await find(grace, 'bcc@team.example')).toMatchObject({
      direction: 'outgoing',
      origin: 'log-address',
      from: { address: us.address },
    });
    for (const [address, messageId] of [
      [grace, 'r1@customer.example'],
      [grace, 'r2@customer.example'],
      [henry, 'r3@customer.example'],
    ] as const)
      expect(await find(address, messageId)).toMatchObject({ direction: 'incoming', origin: 'reply' });
    // The forwarded original lies in the inbox as well, and is one record.
    expect((await messagesOf(henry)).map(({ messageId }) => messageId)).toEqual([
      'fwd@customer.example',
      'r3@customer.example',
    ]);
    expect(filesHolding(canary, filesBelow(stage.scene.dir))).toEqual([]);
  }, 60_000);

  it('S27: a mail forwarded as attachment is incoming from who wrote it, at its time, with its own text', async () => {
    const original = await write({
      messageId: 'old@customer.example',
      from: `Henry <${henry}>`,
      subject: 'Grüße',
      text: 'Können wir reden?',
      date: 'Mon, 02 Mar 2026 10:15:00 +0200',
    });
    await toLog(
      proven +
        (await write({
          messageId: 'forward-2@team.example',
          from: us.address,
          to: logAddress,
          subject: 'Fwd: Grüße',
          text: 'Please file this.',
          attached: Buffer.from(original, 'latin1'),
        }))
    );
    const logged = await find(henry, 'old@customer.example');
    expect(logged).toMatchObject({
      direction: 'incoming',
      origin: 'log-address',
      subject: 'Grüße',
      sentAt: '2026-03-02T08:15:00.000Z',
      from: { address: henry, displayName: 'Henry' },
      receivedAt: '2026-03-02T08:15:00.000Z',
    });
    expect(logged?.text).toContain('Können wir reden?');
    expect(logged?.text).not.toContain('Please file this.');
    expect(await find(henry, 'forward-2@team.example')).toBeUndefined();
  });

  it('w23, S27: a mail that a colleague forwards in the text is incoming from who wrote it, at its time', async () => {
    const text = [
      'Please file this.',
      '',
      '---------- Forwarded message ---------',
      `From: Henry <${henry}>`,
      'Date: Tue, Mar 3, 2026 at 9:30 AM',
      'Subject: Inline',
      `To: <${us.address}>`,
      '',
      'The text of the original.',
    ].join('\n');
    await toLog(
      proven +
        (await write({
          messageId: 'forward-3@team.example',
          from: tom,
          to: logAddress,
          text,
          subject: 'Fwd: Inline',
          date: 'Wed, 04 Mar 2026 12:00:00 +0200',
        }))
    );
    const logged = (await messagesOf(henry)).find(({ subject }) => subject === 'Inline');
    expect(logged).toMatchObject({
      direction: 'incoming',
      origin: 'log-address',
      from: { address: henry },
      messageId: null,
      sentAt: '2026-03-03T07:30:00.000Z',
      receivedAt: '2026-03-03T07:30:00.000Z',
    });
    expect(logged?.text.trim()).toBe('The text of the original.');
  });

  it.each([
    [
      'from somebody who is not of the team',
      ida,
      proof('mx.team.example', 'partner.example'),
      'LOG_SENDER_UNKNOWN',
    ],
    ['from the team without any proof', tom, '', 'LOG_SENDER_UNVERIFIED'],
    [
      'from the team, vouched for by another server',
      tom,
      proof('mx.evil.example', 'team.example'),
      'LOG_SENDER_UNVERIFIED',
    ],
    [
      'from the team, its DMARC failed',
      tom,
      proof('mx.team.example', 'team.example', 'fail') + proven,
      'LOG_SENDER_UNVERIFIED',
    ],
  ])(
    'S28: mail to the log address %s is held, and nothing of it is kept',
    async (name, from, fields, code) => {
      const before = (await held()).length;
      const messageId = `held-${before}@team.example`;
      const secret = `${canary}-held-${before}`;
      await toLog(fields + (await write({ messageId, from, to: grace, subject: secret, text: secret })));

      const list = await held();
      expect(list).toHaveLength(before + 1);
      expect(list[0]).toMatchObject({ kind: 'held', code, nextAt: null, location: { folderPath: 'INBOX' } });
      expect(await find(grace, messageId)).toBeUndefined();
      expect(filesHolding(secret, filesBelow(stage.scene.dir))).toEqual([]);
      expect(name).toBeTruthy();
    }
  );

  describe('on a server that writes no results', () => {
    const believe = (trustedAuthServers: unknown) =>
      ask({ admin: admin() }, inboxWithFolders, 'PUT', `${inbox}/policy`, {
        policy: 'replies',
        logAddress,
        trustedAuthServers,
      });
    beforeAll(() => believe('known'));
    afterAll(() => believe(['mx.team.example']));

    const inventedHop = 'Received: from uma (laptop [192.0.2.7]) by mx.team.example with ESMTPSA; now\r\n';
    it.each(
      forgedResults.flatMap(([what, fields]) => [
        [what, fields, ''] as const,
        [`${what}, above an invented hop`, fields, inventedHop] as const,
      ])
    )('S28, S44: a stranger who writes %s is held', async (_, fields, hop) => {
      const before = await held();
      const messageId = `forged-${before.length}@team.example`;
      const written = fields.map((field) => `Authentication-Results: ${field}\r\n`).join('');
      const mail = await write({ messageId, from: us.address, to: grace, subject: 'Invoice' });
      await toLog(takenFromOutside(logAddress) + written + hop + mail);

      const after = await held();
      expect(after).toHaveLength(before.length + 1);
      expect(after[0]).toMatchObject({ kind: 'held', code: 'LOG_SENDER_UNVERIFIED', nextAt: null });
      expect(await find(grace, messageId)).toBeUndefined();
    });

    it('S46: what that server writes above the hop from outside is believed', async () => {
      const messageId = 'checked@team.example';
      const mail = await write({ messageId, from: us.address, to: grace, subject: 'Checked' });
      await toLog(proven + takenFromOutside(logAddress) + mail);
      expect(await find(grace, messageId)).toMatchObject({ direction: 'outgoing', origin: 'log-address' });
    });

    it('S28: trusts nobody where that is chosen', async () => {
      await believe('nobody');
      const messageId = 'nobody@team.example';
      const before = await held();
      const mail = await write({ messageId, from: us.address, to: grace, subject: 'Checked' });
      await toLog(proven + takenFromOutside(logAddress) + mail);
      expect(await held()).toHaveLength(before.length + 1);
      expect(await find(grace, messageId)).toBeUndefined();
    });
  });

  it('S28: with the word of the trusted server a colleague’s mail is logged', async () => {
    const messageId = 'tom@team.example';
    await toLog(proven + (await write({ messageId, from: tom, to: grace, subject: 'By Tom' })));
    expect(await find(grace, messageId)).toMatchObject({ direction: 'outgoing', origin: 'log-address' });
    await until(
      async () => (await stage.scene.crm.readInbox(stage.inboxDocumentId)).state === 'ok',
      'The inbox is not ok.'
    );
  });
});
