import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { startDovecot } from '../../tests/support/dovecot';
import { openDatabase, rowsOf } from '../../tests/support/scene-database';
import { startScene } from '../../tests/support/scene';
import type { Scene } from '../../tests/support/scene';
import { readTranscript } from '../../tests/support/transcript';
import { composeLetter, writtenAt } from '../compose';
import { password, user } from '../engine';
import { fillMaildir } from '../maildir';
import { printRows, seconds } from '../report';

const MESSAGES = Number(process.env.BENCH_LARGE ?? 1_000_000);
/** The chunk that is judged, and the chunk that arrives meanwhile. */
const IN_HAND = 500;
const RSS_LIMIT_MB = 200;
/** What a small host grants: without a limit Node.js does not collect garbage while there is memory. */
const HEAP_LIMIT_MB = 256;

const cursorRow = z.object({ lastUid: z.number().nullable() });
const lastUidOf = (scene: Scene): number =>
  rowsOf(
    scene,
    cursorRow,
    "select last_uid as lastUid from email_connect_folder_cursors where folder_path = 'INBOX'"
  )[0]?.lastUid ?? 0;

/** Memory of a process that is resident now, in MB (proc(5)). */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

const main = async (): Promise<void> => {
  const dovecot = await startDovecot({ users: { [user]: password }, store: 'maildir' });
  let scene: Scene | null = null;
  try {
    const compose = (number: number) =>
      composeLetter({
        number,
        answers: number % 3 === 0 ? [`x.${number}@elsewhere.example`] : [],
        textBytes: 200,
        fileBytes: 0,
      });
    fillMaildir(dovecot, user, { messages: MESSAGES, compose, receivedAt: writtenAt });
    console.log(`${MESSAGES} messages are there`);
    const mail = {
      imapsPort: dovecot.imapsPort,
      smtpPort: dovecot.submissionPort,
      smtpTls: 'starttls' as const,
      certificate: dovecot.certificate.cert,
    };
    scene = await startScene(mail, { NODE_OPTIONS: `--max-old-space-size=${HEAP_LIMIT_MB}` });
    const { documentId } = await scene.crm.connectInbox(scene.inboxForm(user, password));
    while (lastUidOf(scene) !== MESSAGES) await sleep(200);
    await sleep(1_000);
    const idleMb = residentMb(scene.strapi.pid);
    const readAtFirst = scannedUids(await dovecot.rawlog(user)).length;
    // As if nothing had been read: the next pass scans everything.
    openDatabase(scene, (database) =>
      database
        .prepare(
          "update email_connect_folder_cursors set last_uid = 0, recent_uids = '', existing = 0 where folder_path = 'INBOX'"
        )
        .run()
    );
    const start = performance.now();
    const wake = () => scene?.strapi.admin.fetch('POST', `/email-connect/inboxes/${documentId}/actions/sync`);
    await wake();
    let peak = idleMb;
    const until = async (uid: number) => {
      while (scene && lastUidOf(scene) < uid) {
        peak = Math.max(peak, residentMb(scene.strapi.pid));
        await sleep(100);
      }
    };
    await until(MESSAGES / 2);
    await scene.strapi.kill9();
    const at = lastUidOf(scene);
    const readBefore = scannedUids(await dovecot.rawlog(user)).length - readAtFirst;
    await scene.endLeases();
    await scene.restart();
    await until(MESSAGES);
    const ms = performance.now() - start;
    const all = scannedUids(await dovecot.rawlog(user)).slice(readAtFirst);
    const again = all.length - new Set(all).size;
    console.log(`killed at ${at} after ${readBefore} headers; ${seconds(ms)} in all, restart included`);
    const above = peak - idleMb;
    printRows([
      {
        work: `scan ${MESSAGES.toLocaleString('en-US')} headers, memory of the whole Strapi process, its heap limited to ${HEAP_LIMIT_MB} MB`,
        ours: `${Math.round(peak)} MB at most`,
        against: `${Math.round(idleMb)} MB before it`,
        ratio: `${Math.round(above)} MB more`,
        reach: `less than ${RSS_LIMIT_MB} MB for the scan`,
        reached: above < RSS_LIMIT_MB,
      },
      {
        work: 'kill -9 in the middle, headers read again',
        ours: `${again}`,
        against: `what was in hand, ${IN_HAND}`,
        ratio: (again / IN_HAND).toFixed(2),
        reach: 'at most that',
        reached: again <= IN_HAND && new Set(all).size === MESSAGES,
      },
    ]);
  } finally {
    await scene?.end();
    await dovecot.stop();
  }
};

/** Every UID whose header fields were asked for in INBOX. */
const scannedUids = (rawlog: string): number[] =>
  readTranscript(rawlog)
    .fetches.filter(({ folderPath, items }) => folderPath === 'INBOX' && items.includes('HEADER.FIELDS'))
    .flatMap(({ imapUids }) => imapUids);

void main();
