import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { createImap } from '../../src/plugins/email-connect/server/src/adapters/imap';
import { keepsItsCharsets, messagesIn } from '../support/corpus';
import { offerTo, startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { accessTo, NEVER } from '../support/imap-client';
import { countRows, rowsOf } from '../support/scene-database';
import { addressOf, describeWith } from '../support/services';
import { until } from '../support/until';

const grace = 'grace@customer.example';

interface CorpusMail {
  name: string;
  messageId: string;
  /** As it lies in the inbox: the file with the fields that make it a reply in front. */
  raw: Buffer;
}

const recordedMessage = z.object({
  messageId: z.string(),
  text: z.string(),
  html: z.string(),
  notice: z.string().nullable(),
  direction: z.string(),
});

/**
 * Of a field that may stand once the first counts. The field that means nothing is the last, so that a file that begins
 * with a folded line folds into that one.
 */
const asReply = (source: Buffer, messageId: string, answers: string): Buffer => {
  const lines = source
    .toString('latin1')
    .replace(/^(?:From [^:].*\r?\n|[ \t]*\r?\n)+/, '')
    .replace(/\r\n?|\n/g, '\r\n')
    // IMAP's APPEND takes no NUL (RFC 9051 4.3.1).
    .replaceAll('\0', '');
  const fields = `Message-ID: <${messageId}>\r\nIn-Reply-To: <${answers}>\r\nX-Corpus: as a reply\r\n`;
  return Buffer.from(fields + lines, 'latin1');
};

describeWith(['dovecot', 'corpus'], 'every mail of the corpus as a reply, on a real Dovecot', () => {
  let stage: DovecotScene;
  let mails: CorpusMail[];
  let bounces: CorpusMail[];
  let tookMs = 0;

  const recorded = () =>
    rowsOf(
      stage.scene,
      recordedMessage,
      `select message_id as messageId, coalesce(text, '') as text, coalesce(html, '') as html, notice, direction
       from email_connect_messages where message_id like 'corpus-%'`
    );
  const act = (action: string) =>
    stage.scene.strapi.admin.fetch(
      'POST',
      `/email-connect/inboxes/${stage.inboxDocumentId}/actions/${action}`
    );

  const readCorpus = (folder: string, answers: string): CorpusMail[] =>
    messagesIn(path.join(addressOf('corpus'), folder)).map((file, i) => {
      const messageId = `corpus-${folder}-${i}@real.example`;
      return {
        name: path.relative(addressOf('corpus'), file),
        messageId,
        raw: asReply(readFileSync(file), messageId, answers),
      };
    });

  /** Appended as it is: a delivery would put a Return-Path of its own above that of the bounces. */
  const fillInbox = async (all: readonly CorpusMail[]): Promise<void> => {
    const access = accessTo(stage.dovecot, { username: us.address, password: us.password });
    const session = await createImap().connect(access, NEVER);
    for (const { raw } of all) await session.append('INBOX', raw, new Date());
    await session.close();
  };

  beforeAll(async () => {
    stage = await startDovecotScene([grace]);
    const threadDocumentId = await offerTo(stage, grace, 'G');
    const [sent] = (await stage.scene.crm.readThread(threadDocumentId)).messages;
    mails = readCorpus('mime', sent?.messageId ?? '');
    bounces = readCorpus('bounces', sent?.messageId ?? '');
    await act('pause');
    await fillInbox([...mails, ...bounces]);
    const resumedAt = performance.now();
    await act('resume');
    const total = mails.length + bounces.length;
    // As long as it gets on, it may take its time.
    for (let before = -1; recorded().length < total;) {
      before = recorded().length;
      await until(
        async () => recorded().length > before,
        `${before} of ${total} are recorded, and no more come.`
      );
    }
    tookMs = performance.now() - resumedAt;
    await stage.pass();
  }, 240_000);
  afterAll(() => stage.end());

  it('P1, c54: each is recorded once, none is in quarantine, and the inbox is well', async () => {
    const total = mails.length + bounces.length;
    console.log(
      `${total} mails (${mails.length} ordinary, ${bounces.length} bounces) recorded in ${(tookMs / 1000).toFixed(1)} s, ${(tookMs / total).toFixed(1)} ms each in the mean.`
    );
    expect(mails.length).toBeGreaterThan(100);
    expect(bounces.length).toBeGreaterThan(300);
    expect(
      recorded()
        .map(({ messageId }) => messageId)
        .sort()
    ).toEqual([...mails, ...bounces].map(({ messageId }) => messageId).sort());
    expect(countRows(stage.scene, 'email_connect_quarantine')).toBe(0);
    expect(await stage.scene.crm.readInbox(stage.inboxDocumentId)).toMatchObject({
      state: 'ok',
      quarantined: 0,
      suggestions: 0,
    });
    expect(stage.scene.strapi.logs()).not.toMatch(/\berror\b/i);
  });

  it('S24, S40: each is where the mail is that it answers, but for those by people whom others had named', () => {
    const strays = rowsOf(
      stage.scene,
      z.object({ messageId: z.string() }),
      `select message.message_id as messageId from email_connect_messages message
         join email_connect_threads thread on thread.id = message.thread_id
       where message.message_id like 'corpus-%'
         and not exists (
           select 1 from email_connect_message_addresses named
           where named.message_id = message.id and named.role = 'answered')
         and not exists (
           select 1 from email_connect_message_addresses author
             join email_connect_participants person on person.address_hash = author.address_hash
           where author.message_id = message.id and author.role = 'from' and person.came_as = 'named'
             and person.thread_document_id in (thread.document_id, thread.continues_document_id))`
    );
    expect(strays).toEqual([]);
  });

  it('S23: no text that is valid in its declared charset loses a character', async () => {
    const byId = new Map(recorded().map((row) => [row.messageId, row]));
    const lossy: string[] = [];
    let checked = 0;
    for (const { name, messageId, raw } of [...mails, ...bounces]) {
      if (!(await keepsItsCharsets(raw))) continue;
      checked += 1;
      const { text, html } = byId.get(messageId) ?? { text: '\ufffd', html: '' };
      if (`${text}${html}`.includes('\ufffd')) lossy.push(name);
    }
    console.log(`${checked} mails keep the charsets that they name.`);
    expect(checked).toBeGreaterThan(100);
    expect(lossy).toEqual([]);
  });

  it("S44: no bounce of other people's mail changes a mail only because it cites it", () => {
    const sent = rowsOf(
      stage.scene,
      z.object({ status: z.string(), readAt: z.unknown() }),
      `select delivery_status as status, read_at as readAt from email_connect_messages where direction = 'outgoing'
       and origin = 'crm'`
    );
    expect(sent).toEqual([{ status: 'sent', readAt: null }]);
  });

  it('P6: a bounce is a notice and no reply', () => {
    const noticeOf = new Map(recorded().map(({ messageId, notice }) => [messageId, notice]));
    const ofSisimai = bounces.filter(({ name }) => name.startsWith(path.join('bounces', 'sisimai', '/')));
    const asReplies = ofSisimai.filter(({ messageId }) => noticeOf.get(messageId) === null);
    console.log(`${ofSisimai.length} bounces, ${asReplies.length} recorded as replies.`);
    expect(ofSisimai.length).toBeGreaterThan(300);
    expect(asReplies.map(({ name }) => name)).toEqual([]);
  });
});
