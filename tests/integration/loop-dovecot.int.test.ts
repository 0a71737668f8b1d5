import { replyTo } from '../../dev/mail-server';
import type { CustomerReply } from '../../dev/mail-server';
import { pdfPage } from '../../dev/demo/pdf-page';
import type { UploadedFile } from '../../dev/demo/crm';
import type { WholeThread } from '../../dev/demo/crm';
import { startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { headerOf, messageIdOf } from '../support/mail-program';
import { describeWith } from '../support/services';
import { until } from '../support/until';

const grace = 'grace@customer.example';
const henry = 'henry@customer.example';
const ida = 'ida@partner.example';
const WAIT_MS = 60_000;

const pdf = (title: string): UploadedFile => ({
  fileName: `${title}.pdf`,
  contentType: 'application/pdf',
  content: pdfPage([title]),
});

describeWith('dovecot', 'the loop on a real Dovecot: sent from a contact, answered, on the contact', () => {
  let stage: DovecotScene;
  const contacts = new Map<string, string>();

  beforeAll(async () => {
    stage = await startDovecotScene([grace, henry, ida]);
    for (const [name, email] of [
      ['Grace', grace],
      ['Henry', henry],
      ['Ida', ida],
    ] as const) {
      contacts.set(email, await stage.scene.crm.createContact({ name, email, company: '' }));
    }
  }, 150_000);
  afterAll(() => stage.end());

  const contactOf = (address: string): string => contacts.get(address) ?? '';

  const send = async (
    subject: string,
    { to = [grace], cc = [], bcc = [], answers = null, files = [] }: SendOptions = {}
  ): Promise<WholeThread> => {
    const { threadDocumentId } = await stage.scene.crm.send(
      {
        contactDocumentId: contactOf(grace),
        answersDocumentId: answers,
        to,
        cc,
        bcc,
        subject,
        text: `What do you say? ${subject}`,
        html: '',
      },
      files
    );
    return stage.scene.crm.readThread(threadDocumentId);
  };

  const threadWith = (thread: WholeThread, count: number): Promise<WholeThread> =>
    stage.scene.crm.waitForMessages(thread.documentId, count, WAIT_MS, () => '');

  const arrivedAt = async (address: string, messageId: string | null | undefined): Promise<Buffer> =>
    (await stage.programOf(address).waitFor('INBOX', messageId ?? '')).raw;

  /** What `from` writes back to the newest mail of the thread, which lies in their own INBOX. */
  const answerOf = async (thread: WholeThread, from: string, reply: Partial<CustomerReply> = {}) =>
    replyTo(await arrivedAt(from, thread.messages.at(-1)?.messageId), {
      from,
      text: 'Yes, please.',
      ...reply,
    });

  const last = (thread: WholeThread) => thread.messages.at(-1);

  const fileOf = async (documentId: string | undefined): Promise<Buffer> => {
    const answer = await stage.scene.strapi.admin.fetch(
      'GET',
      `/email-connect/attachments/${documentId}/file`
    );
    expect(answer.status).toBe(200);
    return Buffer.from(await answer.arrayBuffer());
  };

  it('S14: what a customer gets has our ids, goes to cc and bcc too, and names nobody on bcc', async () => {
    const offer = pdf('Offer 2291');
    const thread = await send('S14 offer', { cc: [henry], bcc: [ida], files: [offer] });

    const messageId = last(thread)?.messageId ?? '';
    expect(messageId).toMatch(/@team\.example$/);
    const relayed = stage.relay.mails.find(({ raw }) => messageIdOf(raw) === messageId);
    expect(relayed?.mailFrom).toBe(us.address);
    expect(relayed?.rcptTo.sort()).toEqual([grace, henry, ida]);
    expect(relayed?.raw.toString('latin1')).not.toContain(ida);
    for (const address of [grace, henry, ida]) {
      const raw = await arrivedAt(address, messageId);
      expect(headerOf(raw, 'References')).toMatch(/^<[^<>\s]+@team\.example>$/);
      expect(headerOf(raw, 'References')).not.toContain(messageId);
      expect(Buffer.from(headerOf(raw, 'Thread-Index'), 'base64')).toHaveLength(22);
      expect(headerOf(raw, 'To')).toContain(grace);
      expect(headerOf(raw, 'Cc')).toContain(henry);
      expect(raw.toString('latin1')).not.toMatch(/^bcc:/im);
      expect(raw.toString('latin1').replace(/\r\n/g, '')).toContain(offer.content.toString('base64'));
    }
    expect(last(thread)).toMatchObject({
      direction: 'outgoing',
      origin: 'crm',
      deliveryStatus: 'sent',
      bcc: [{ address: ida }],
    });
    expect(await fileOf(last(thread)?.attachments[0]?.documentId)).toEqual(offer.content);
  });

  it('S8, S9: exactly one copy in Sent, marked read, byte for byte what was submitted', async () => {
    const thread = await send('S9 copy', { files: [pdf('Ünïcode name')] });
    const messageId = last(thread)?.messageId ?? '';
    const sent = stage.programOf(us.address);
    await sent.waitFor('Sent', messageId);
    await stage.pass();

    const copies = (await sent.read('Sent')).filter(({ raw }) => messageIdOf(raw) === messageId);
    expect(copies).toHaveLength(1);
    const [copy] = copies;
    expect(copy?.flags).toContain('\\Seen');
    const relayed = stage.relay.mails.find(({ raw }) => messageIdOf(raw) === messageId)?.raw;
    expect(relayed && withoutTrace(relayed)).toEqual(copy?.raw);
    expect((await threadWith(thread, 1)).messages).toHaveLength(1);
  });

  it('S5, S15, S29: a reply with a file is on the contact, in the same thread, incoming, its bytes right', async () => {
    const thread = await send('S5 form');
    const form = pdf('Test ride form');
    const raw = await answerOf(thread, grace, {
      text: 'Grüße, 八月 suits us.',
      attachments: [{ filename: form.fileName, contentType: form.contentType, content: form.content }],
    });
    await stage.dovecot.deliver(us.address, raw);

    const answered = await threadWith(thread, 2);
    expect(answered).toMatchObject({ messageCount: 2, lastDirection: 'incoming' });
    const reply = last(answered);
    expect(reply).toMatchObject({
      messageId: messageIdOf(raw),
      direction: 'incoming',
      origin: 'reply',
      deliveryStatus: null,
      notice: null,
      from: { address: grace },
      evidence: { rung: 'in-reply-to', value: last(thread)?.messageId },
    });
    expect(reply?.text).toContain('Grüße, 八月 suits us.');
    expect(reply?.attachments).toMatchObject([{ fileName: form.fileName, size: form.content.length }]);
    expect(await fileOf(reply?.attachments[0]?.documentId)).toEqual(form.content);
    const { threads } = await stage.scene.crm.threadsOf(contactOf(grace));
    expect(threads.filter(({ subject }) => /S5 form/.test(subject ?? ''))).toHaveLength(1);
  });

  it('S15, c38: a reply under another subject, from another address, that has only References, is on the contact', async () => {
    const thread = await send('S15 somewhere else');
    const original = await arrivedAt(grace, last(thread)?.messageId);
    const [token] = headerOf(original, 'References').match(/<[^>]+>/) ?? [];
    const raw = [
      'Message-ID: <s15-other@elsewhere.example>',
      `References: ${token} <unknown-to-us@elsewhere.example>`,
      'From: Grace at home <grace.home@elsewhere.example>',
      `To: ${us.address}`,
      'Subject: Quite another matter',
      `Date: ${new Date().toUTCString()}`,
      '',
      'From my other address.',
      '',
    ].join('\r\n');
    await stage.dovecot.deliver(us.address, raw);

    const ofGrace = async () => (await stage.scene.crm.threadsOf(contactOf(grace))).threads;
    const isNew = ({ subject }: { subject: string | null }) => subject === 'Quite another matter';
    await until(async () => (await ofGrace()).some(isNew), 'The new subject is not on the contact.');
    const split = (await ofGrace()).find(isNew);
    const continued = await stage.scene.crm.readThread(split?.documentId ?? '');
    expect(continued).toMatchObject({ continuesDocumentId: thread.documentId, messageCount: 1 });
    expect(last(continued)).toMatchObject({
      messageId: 's15-other@elsewhere.example',
      direction: 'incoming',
      evidence: { rung: 'thread-token', header: 'References' },
    });
  });

  it.each(['Archive', 'Junk'])('S16: a reply that a server rule filed in %s is found', async (folderPath) => {
    const thread = await send(`S16 ${folderPath}`);
    const raw = await answerOf(thread, grace);
    await stage.programOf(us.address).append(folderPath, raw);
    await stage.pass();

    expect(last(await threadWith(thread, 2))).toMatchObject({
      messageId: messageIdOf(raw),
      direction: 'incoming',
    });
  });

  it('P4, S26: a reply that is seen in two folders is one record', async () => {
    const thread = await send('S26 twice');
    const raw = await answerOf(thread, grace);
    await stage.dovecot.deliver(us.address, raw);
    await stage.programOf(us.address).append('Archive', raw);
    await stage.pass();

    expect(await threadWith(thread, 2)).toMatchObject({ messageCount: 2 });
  });

  it('S5: a reply to the reply, and one to that, stay in the thread', async () => {
    const thread = await send('S5 to and fro');
    await stage.dovecot.deliver(us.address, await answerOf(thread, grace));
    const answered = await threadWith(thread, 2);

    const again = await send('Re: S5 to and fro', { answers: last(answered)?.documentId ?? null });
    expect(again.documentId).toBe(thread.documentId);
    const arrived = await arrivedAt(grace, last(again)?.messageId);
    expect(headerOf(arrived, 'In-Reply-To')).toBe(`<${last(answered)?.messageId}>`);
    const references = headerOf(arrived, 'References').match(/[^<>\s]+/g) ?? [];
    expect(references.slice(-2)).toEqual([last(thread)?.messageId, last(answered)?.messageId]);
    expect(headerOf(arrived, 'Thread-Index')).toBe(
      headerOf(await arrivedAt(grace, last(thread)?.messageId), 'Thread-Index')
    );

    await stage.dovecot.deliver(us.address, await answerOf(again, grace));
    const directions = (await threadWith(thread, 4)).messages.map(({ direction }) => direction);
    expect(directions).toEqual(['outgoing', 'incoming', 'outgoing', 'incoming']);
  });

  it('S6: our own answer, written in another mail program, is outgoing and from the Sent folder', async () => {
    const thread = await send('S6 by hand');
    const reply = await answerOf(thread, grace);
    await stage.dovecot.deliver(us.address, reply);
    await threadWith(thread, 2);
    const own = await replyTo(reply, { from: us.address, text: 'From my phone.' });
    await stage.programOf(us.address).append('Sent', own, ['\\Seen']);
    await stage.pass();

    const message = last(await threadWith(thread, 3));
    expect(message).toMatchObject({
      messageId: messageIdOf(own),
      direction: 'outgoing',
      origin: 'sent-folder',
    });
    expect(message?.text).toContain('From my phone.');
  });

  it('S25, S40: one mail to three contacts is one record that all three show, and the answer stands on its author', async () => {
    const thread = await send('S25 all of you', { to: [grace, henry], cc: [ida] });
    expect(thread.messages).toHaveLength(1);
    await stage.dovecot.deliver(us.address, await answerOf(thread, henry));
    const answered = await threadWith(thread, 2);

    expect(answered.contacts.map(({ documentId }) => documentId).sort()).toEqual(
      [...contacts.values()].sort()
    );
    for (const [address, contact] of contacts) {
      const { threads } = await stage.scene.crm.threadsOf(contact);
      expect(threads.filter(({ subject }) => subject === 'S25 all of you')).toMatchObject([
        { documentId: thread.documentId, messageCount: address === henry ? 2 : 1 },
      ]);
    }
  });

  it('S18: a fresh mail from a known contact is not logged', async () => {
    const before = await stage.scene.crm.threadsOf(contactOf(grace));
    const thread = await send('S18 beside it');
    await stage.dovecot.deliver(
      us.address,
      `Message-ID: <s18@customer.example>\r\nFrom: ${grace}\r\nTo: ${us.address}\r\nSubject: S18 beside it\r\n\r\nNew.\r\n`
    );
    await stage.pass();

    expect((await stage.scene.crm.threadsOf(contactOf(grace))).total).toBe(before.total + 1);
    expect((await stage.scene.crm.readThread(thread.documentId)).messages).toHaveLength(1);
  });

  it('leaves a healthy inbox and no error in the log', async () => {
    await until(
      async () => (await stage.scene.crm.readInbox(stage.inboxDocumentId)).state === 'ok',
      'The inbox is not ok.'
    );
    expect(stage.scene.strapi.logs()).not.toMatch(/\berror\b/i);
  });
});

interface SendOptions {
  to?: string[];
  cc?: string[];
  bcc?: string[];
  answers?: string | null;
  files?: UploadedFile[];
}

/** Without the one Received field that Dovecot put before what was submitted to it (RFC 5321 4.4). */
const withoutTrace = (raw: Buffer): Buffer => {
  const [trace] = /^Received:.*\r\n(?:[ \t].*\r\n)*/.exec(raw.toString('latin1')) ?? [''];
  return raw.subarray(trace.length);
};
