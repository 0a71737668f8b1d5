import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { replyTo } from '../../dev/mail-server';
import type { WholeThread } from '../../dev/demo/crm';
import { startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { describeWith } from '../support/services';
import { readTranscript, readsBody } from '../support/transcript';
import type { Fetch } from '../support/transcript';
import { until } from '../support/until';

const grace = 'grace@customer.example';
const stranger = `canary${randomBytes(9).toString('hex')}`;
const answer = `canary${randomBytes(9).toString('hex')}`;
const attached = `canary${randomBytes(9).toString('hex')}`;
const watched = ['INBOX', 'Sent', 'Archive', 'Junk'];

/** The i-th of a hundred mails that are nobody's business: the canary stands in all that could be read of it. */
const unlogged = (i: number): string => {
  const fromKnown = i % 5 === 0;
  return [
    `Message-ID: <${stranger}-id-${i}@stranger.example>`,
    `References: <${stranger}-ref-${i}@stranger.example>`,
    `From: "${stranger}-name" <${fromKnown ? grace : `${stranger}-${i}@stranger.example`}>`,
    `To: "${stranger}-to" <${us.address}>`,
    `Subject: ${stranger} subject ${i}`,
    `X-Custom: ${stranger} header ${i}`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    `--part\r\nContent-Type: text/plain\r\n\r\nA secret: ${stranger} body ${i}`,
    `--part\r\nContent-Type: text/plain; name="${stranger}.txt"\r\nContent-Disposition: attachment\r\n\r\n${stranger}`,
    '--part--',
    '',
  ].join('\r\n');
};

describeWith('dovecot', 'the privacy of a mailbox on a real Dovecot', () => {
  const temporary = mkdtempSync(path.join(tmpdir(), 'email-connect-temporary-'));
  let stage: DovecotScene;
  let thread: WholeThread;
  let replyUid = 0;
  let flagsBefore: string[];

  const act = (action: string) =>
    stage.scene.strapi.admin.fetch(
      'POST',
      `/email-connect/inboxes/${stage.inboxDocumentId}/actions/${action}`
    );

  const flagsOfAll = async (): Promise<string[]> => {
    const program = stage.programOf(us.address);
    const folders = await Promise.all(
      watched.map(async (folder) => (await program.flags(folder)).map((line) => `${folder} ${line}`))
    );
    return folders.flat();
  };

  /** Pauses, so that the mailbox can be looked at before the product has seen any of it. */
  const fillMailbox = async (): Promise<void> => {
    await act('pause');
    for (let i = 0; i < 60; i++) await stage.dovecot.deliver(us.address, unlogged(i));
    const original = await stage.programOf(grace).waitFor('INBOX', thread.messages[0]?.messageId ?? '');
    const reply = await replyTo(original.raw, {
      from: grace,
      text: `Our answer: ${answer}`,
      attachments: [{ filename: 'plan.txt', content: `The plan: ${attached}` }],
    });
    await stage.dovecot.deliver(us.address, reply);
    replyUid = 61;
    for (let i = 60; i < 80; i++) await stage.dovecot.deliver(us.address, unlogged(i));
    const program = stage.programOf(us.address);
    for (let i = 80; i < 90; i++) await program.append('Archive', unlogged(i), ['\\Seen', '\\Flagged']);
    for (let i = 90; i < 100; i++) await program.append('Junk', unlogged(i), ['$Junk']);
    flagsBefore = await flagsOfAll();
    await act('resume');
  };

  beforeAll(async () => {
    stage = await startDovecotScene([grace], { TMPDIR: temporary });
    const contactDocumentId = await stage.scene.crm.createContact({ name: 'G', email: grace, company: '' });
    const sent = await stage.scene.crm.send({
      contactDocumentId,
      answersDocumentId: null,
      to: [grace],
      cc: [],
      bcc: [],
      subject: 'Offer',
      text: 'What do you say?',
      html: '',
    });
    thread = await stage.scene.crm.readThread(sent.threadDocumentId);
    const program = stage.programOf(us.address);
    await until(async () => (await program.flags('Sent')).length === 1, 'No copy came into Sent.');
    await fillMailbox();
    thread = await stage.scene.crm.waitForMessages(thread.documentId, 2, 20_000, () => '');
    await stage.pass();
  }, 150_000);
  afterAll(async () => {
    await stage.end();
    rmSync(temporary, { recursive: true });
  });

  const transcript = async () => readTranscript(await stage.dovecot.rawlog(us.address));

  it('S12, S19: of 100 unlogged mails and 1 reply exactly one body is fetched, by no other command either', async () => {
    const { fetches } = await transcript();
    const read = fetches.filter(readsBody);
    const messages = read.flatMap(({ folderPath, imapUids }) =>
      imapUids.map((uid) => `${folderPath} ${uid}`)
    );
    expect([...new Set(messages)]).toEqual([`INBOX ${replyUid}`]);
    expect(read.every(({ items }) => items.includes('BODY.PEEK['))).toBe(true);
    // All were looked at: without this, a product that reads nothing would pass.
    expect(uidsScanned(fetches, 'INBOX')).toHaveLength(81);
    expect(uidsScanned(fetches, 'Archive')).toHaveLength(10);
    expect(uidsScanned(fetches, 'Junk')).toHaveLength(10);
  });

  it('S13: folders are only examined, and nothing is written but the copy of what we sent', async () => {
    const { commands, appendedTo } = await transcript();
    expect(commands).toContain('EXAMINE');
    const writing =
      /^(UID )?(SELECT|STORE|EXPUNGE|COPY|MOVE|CLOSE|CREATE|DELETE|RENAME|SUBSCRIBE|SETMETADATA)$/;
    expect(commands.filter((name) => writing.test(name))).toEqual([]);
    expect(appendedTo.filter((folderPath) => folderPath === 'Sent')).toHaveLength(1);
    // The test itself filed these.
    expect(appendedTo).toHaveLength(1 + 20);
  });

  it('S13: the flags of all messages are what they were, \\Recent too', async () => {
    expect(flagsBefore).toHaveLength(1 + 101);
    expect(flagsBefore.join('\n')).toContain('\\Recent');
    expect(await flagsOfAll()).toEqual(flagsBefore);
  });

  it('S19: nothing of the 100 is in any file that the process wrote', () => {
    const files = filesBelow(stage.scene.dir, temporary);
    expect(files.map((file) => path.basename(file))).toEqual(
      expect.arrayContaining(['data.db', 'strapi.log'])
    );
    expect(filesHolding(stranger, files)).toEqual([]);
  });

  it('S31: the text of the reply is in the database and nowhere else, its file in the attachments only', () => {
    const files = filesBelow(stage.scene.dir, temporary);
    const nameOf = (file: string) => path.relative(stage.scene.dir, file);
    const withText = filesHolding(answer, files).map(nameOf);
    expect(withText.length).toBeGreaterThan(0);
    expect(withText.every((name) => /^data\.db(-wal)?$/.test(name))).toBe(true);
    expect(filesHolding(attached, files).map(nameOf)).toEqual([
      expect.stringMatching(/^attachments\/[0-9a-f]{2}\/[0-9a-f]{62}$/),
    ]);
    expect(filesBelow(temporary)).toEqual([]);
  });

  it('S36: the password is in no file and in no answer, also when a login with it failed', async () => {
    const form = stage.scene.inboxForm('nobody@team.example', us.password);
    await expect(stage.scene.crm.connectInbox(form)).rejects.toThrow();
    const { fetch: get } = stage.scene.strapi.admin;
    const inbox = `/email-connect/inboxes/${stage.inboxDocumentId}`;
    for (const url of ['/email-connect/inboxes', inbox, '/email-connect/settings']) {
      const answered = await get('GET', url);
      expect(answered.status).toBe(200);
      expect(await answered.text()).not.toContain(us.password);
    }
    expect(filesHolding(us.password, filesBelow(stage.scene.dir, temporary))).toEqual([]);
    expect(readFileSync(path.join(stage.scene.dir, 'strapi.log'), 'utf8')).not.toMatch(/\berror\b/i);
  });

  it('S19, S36: also after a stop, when the database is written out', async () => {
    expect(await stage.scene.strapi.stop()).toBe(0);
    const files = filesBelow(stage.scene.dir, temporary);
    expect(filesHolding(stranger, files)).toEqual([]);
    expect(filesHolding(us.password, files)).toEqual([]);
    expect(filesHolding(answer, files).map((file) => path.basename(file))).toEqual(['data.db']);
  });
});

/** Each message whose header fields were asked for, once. */
const uidsScanned = (fetches: readonly Fetch[], folderPath: string): number[] => [
  ...new Set(
    fetches
      .filter((fetch) => fetch.folderPath === folderPath && fetch.items.includes('HEADER.FIELDS'))
      .flatMap(({ imapUids }) => imapUids)
  ),
];
