import { simpleParser } from 'mailparser';
import { startDovecot } from '../../tests/support/dovecot';
import type { Dovecot } from '../../tests/support/dovecot';
import { bareImapflow } from '../bare-imapflow';
import { composeLetter } from '../compose';
import { password, startEngine, user } from '../engine';
import { fillMaildir } from '../maildir';
import { megabytes, median, perSecond, printRows, timed } from '../report';
import type { Row } from '../report';

const MESSAGES = Number(process.env.BENCH_LOG_MESSAGES ?? 2_000);
const SENT = 50;
const ROUNDS = 5;

/** 20 KB in the mean, one in five with a file. */
const compose = (number: number): string => {
  const sent = (number % SENT) + 1;
  return composeLetter({
    number,
    answers: [`sent.${sent}@team.example`],
    author: `person.${sent}@customer.example`,
    subject: 'Offer',
    textBytes: 6_500,
    fileBytes: number % 5 === 0 ? 44_000 : 0,
  });
};

/** The same messages with bare libraries: imapflow's download, mailparser, and nothing stored. */
const bareRead = async (dovecot: Dovecot): Promise<number> => {
  const client = await bareImapflow(dovecot, { user, pass: password });
  let files = 0;
  const ms = await timed(async () => {
    for (let uid = 1; uid <= MESSAGES; uid += 1) {
      const { content } = await client.download(String(uid), undefined, {
        uid: true,
        chunkSize: 1024 * 1024,
      });
      if (!content) throw new Error(`Message ${uid} is gone.`);
      files += (await simpleParser(content)).attachments.length;
    }
  });
  await client.logout();
  if (files !== MESSAGES / 5) throw new Error(`The bare libraries found ${files} files.`);
  return ms;
};

const main = async (): Promise<void> => {
  const dovecot = await startDovecot({ users: { [user]: password }, store: 'maildir', transcripts: false });
  const rows: Row[] = [];
  try {
    const bytes = fillMaildir(dovecot, user, { messages: MESSAGES, compose, receivedAt: () => new Date() });
    console.log(`${MESSAGES} replies, ${megabytes(bytes)}, ${Math.round(bytes / MESSAGES)} bytes each`);
    for (const database of ['sqlite', 'postgres'] as const) rows.push(await race(dovecot, database));
    printRows(rows);
  } finally {
    await dovecot.stop();
  }
};

/** Each round logs every reply into an empty database; the first round warms both up and does not count. */
const race = async (dovecot: Dovecot, database: 'sqlite' | 'postgres'): Promise<Row> => {
  const rounds: Round[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    rounds.push({ bareMs: await bareRead(dovecot), oursMs: await logAll(dovecot, database) });
  }
  const counted = rounds.slice(1);
  const ratio = median(counted.map(({ bareMs, oursMs }) => bareMs / oursMs));
  return {
    work: `log matched replies (20 KB mean, 1 in 5 with a file) into ${database === 'sqlite' ? 'SQLite' : 'PostgreSQL'}`,
    ours: perSecond(MESSAGES, median(counted.map(({ oursMs }) => oursMs))),
    against: `bare imapflow download + mailparser, no database, ${perSecond(MESSAGES, median(counted.map(({ bareMs }) => bareMs)))}`,
    ratio: ratio.toFixed(2),
    reach: 'at least 0.6',
    reached: ratio >= 0.6,
  };
};

/** One after the other on the same machine: a slow machine slows both. */
interface Round {
  bareMs: number;
  oursMs: number;
}

const logAll = async (dovecot: Dovecot, database: 'sqlite' | 'postgres'): Promise<number> => {
  const engine = await startEngine(dovecot, database);
  await engine.sendMail(SENT);
  const session = await engine.connect();
  const folder = await engine.rewind(session);
  const ms = await timed(() => engine.pass(session, folder));
  await session.close();
  const logged = (await engine.count('email_connect_messages')) - SENT;
  const threads = await engine.count('email_connect_threads');
  if (logged !== MESSAGES || threads !== SENT)
    throw new Error(`${logged} of ${MESSAGES} replies were logged, in ${threads} threads.`);
  await engine.stop();
  return ms;
};

void main();
