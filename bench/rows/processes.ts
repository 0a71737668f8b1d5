import { z } from 'zod';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';
import { adminClient } from '../../tests/support/admin-client';
import { cleo, startMailScene, us } from '../../tests/support/mail-scene';
import type { MailScene } from '../../tests/support/mail-scene';
import { mailToUs } from '../../tests/support/unlogged-scene';
import { printRows, seconds } from '../report';
import type { Row } from '../report';
import { until } from '../../tests/support/until';

const ROUNDS = 3;
const ACKNOWLEDGED_MS = 2_000;
const RECORDED_MS = 5_000;
/** No pass comes by itself: the effect of a press shows only because the process heard of it. */
const env = { EMAIL_CONNECT_PASS_INTERVAL_SECONDS: '1800' };

const holderRow = z.object({ holder: z.string() });
const countRow = z.object({ count: z.coerce.number() });

/** A press, and its effect once the process that reads the inbox has acted. */
interface Button {
  name: string;
  method: 'POST' | 'PUT';
  path: string;
  body?: object;
  /** Its answer is its outcome: it is in time when that is. */
  answersWhenDone?: boolean;
  /** Runs before the press; resolves with what tells whether its effect is there. */
  before(): Promise<() => Promise<boolean>>;
}

interface Times {
  acknowledgedMs: number;
  recordedMs: number;
  /** Within which it is to be acknowledged. */
  limitMs: number;
}

/** Every button of an inbox's page, pressed in each of the processes that do not read it, in turn. */
const main = async (): Promise<void> => {
  const mail = await startMailScene(env, 'postgres');
  const others: StrapiProcess[] = [];
  try {
    const first = await until(() => holderOf(mail), 'Nobody ever read the inbox.', LONGEST_MS, 25);
    let holder = first;
    others.push(await mail.scene.startAnother(), await mail.scene.startAnother());
    const longest = new Map<string, Times>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const button of buttonsOf(mail, round)) {
        // Of an inbox that is disconnected: who read it last.
        holder = (await holderOf(mail)) ?? holder;
        const all = holder === first ? others : [mail.scene.strapi];
        const pressed = await press(all[round % all.length] ?? mail.scene.strapi, button);
        const before = longest.get(button.name) ?? { acknowledgedMs: 0, recordedMs: 0 };
        longest.set(button.name, {
          limitMs: button.answersWhenDone ? RECORDED_MS : ACKNOWLEDGED_MS,
          acknowledgedMs: Math.max(before.acknowledgedMs, pressed.acknowledgedMs),
          recordedMs: Math.max(before.recordedMs, pressed.recordedMs),
        });
      }
    }
    printRows([...longest].map(([name, times]) => rowOf(name, times)));
  } finally {
    for (const other of others) await other.stop();
    await mail.end();
  }
};

const holderOf = async ({ scene, inboxDocumentId }: MailScene): Promise<string | null> => {
  const sql = `select holder from email_connect_leases where inbox_document_id = '${inboxDocumentId}'`;
  return holderRow.parse((await scene.rows(sql))[0]).holder || null;
};

/** Far beyond what is to be reached: what never comes must end the run and say what it was. */
const LONGEST_MS = 60_000;

const press = async (
  { url, admin }: StrapiProcess,
  { name, method, path, body, before }: Button
): Promise<{ acknowledgedMs: number; recordedMs: number }> => {
  const isDone = await before();
  const start = performance.now();
  const answer = await adminClient(url, admin.token).call(method, `/email-connect${path}`, body);
  const acknowledgedMs = performance.now() - start;
  if (!answer.ok) throw new Error(`${name} was answered ${answer.status}: ${await answer.text()}`);
  await until(isDone, `${name} was never done.`, LONGEST_MS, 25);
  return { acknowledgedMs, recordedMs: performance.now() - start };
};

const buttonsOf = (mail: MailScene, round: number): Button[] => {
  const inbox = `/inboxes/${mail.inboxDocumentId}`;
  const passed = async () => {
    const { lastPassAt } = await mail.readInbox();
    return async () => {
      const now = await mail.readInbox();
      return now.state === 'ok' && now.lastPassAt !== lastPassAt;
    };
  };
  const saidGoodbye = async () => {
    const from = mail.server.transcript.length;
    return async () => mail.server.transcript.slice(from).some(({ line }) => / LOGOUT/.test(line));
  };
  const logged = (messageId: string) => async () => {
    const sql = `select count(*) as count from email_connect_messages where message_id = '${messageId}'`;
    return countRow.parse((await mail.scene.rows(sql))[0]).count === 1;
  };
  const action = (name: string, before: Button['before']): Button => ({
    name,
    method: 'POST',
    path: `${inbox}/actions/${name.toLowerCase().replace('check now', 'sync')}`,
    before,
  });
  const byHand = `by-hand-${round}@stranger.test`;
  const location = { folderPath: 'INBOX', uidValidity: '', imapUid: 0 };
  return [
    action('Check now', passed),
    {
      name: 'Edit',
      method: 'PUT',
      path: inbox,
      before: passed,
      body: { ...mail.form, senderName: `Uma ${round}` },
    },
    {
      name: 'Policy',
      method: 'PUT',
      path: `${inbox}/policy`,
      before: passed,
      body: { policy: 'replies', logAddress: `uma+${round}@crm.test`, trustedAuthServers: 'known' },
    },
    {
      name: 'Folders',
      method: 'PUT',
      path: `${inbox}/folders`,
      before: passed,
      body: {
        folders: [
          { folderPath: 'INBOX', role: 'watch' },
          { folderPath: 'Archive', role: round % 2 === 0 ? 'watch' : 'none' },
        ],
        sentCopy: 'append',
        sentFolderPath: 'Sent',
      },
    },
    {
      name: 'Log it now',
      answersWhenDone: true,
      method: 'POST',
      path: `${inbox}/log`,
      body: { location, threadDocumentId: null },
      before: async () => {
        const headers = { 'Message-ID': `<${byHand}>`, From: cleo.address, Subject: byHand };
        location.imapUid = mail.server.mailbox(us.address).append('INBOX', mailToUs(headers));
        await mail.pass();
        const sql = "select uid_validity from email_connect_folder_cursors where folder_path = 'INBOX'";
        location.uidValidity = String(Reflect.get(Object((await mail.scene.rows(sql))[0]), 'uid_validity'));
        return logged(byHand);
      },
    },
    action('Pause', saidGoodbye),
    action('Resume', passed),
    action('Disconnect', saidGoodbye),
    {
      name: 'Connect again',
      method: 'PUT',
      path: inbox,
      before: passed,
      body: { ...mail.form, senderName: 'Uma' },
    },
  ];
};

const rowOf = (name: string, { acknowledgedMs, recordedMs, limitMs }: Times): Row => ({
  work: `three processes on PostgreSQL, "${name}" pressed in one that does not read the inbox, longest of ${ROUNDS}`,
  ours: `answered in ${seconds(acknowledgedMs)}, done in ${seconds(recordedMs)}`,
  against: `limits of ${seconds(limitMs)} and ${seconds(RECORDED_MS)}`,
  ratio: `${(acknowledgedMs / limitMs).toFixed(2)} and ${(recordedMs / RECORDED_MS).toFixed(2)}`,
  reach: 'at most 1',
  reached: acknowledgedMs <= limitMs && recordedMs <= RECORDED_MS,
});

void main();
