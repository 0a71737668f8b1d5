import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startDovecot } from '../../tests/support/dovecot';
import type { Dovecot } from '../../tests/support/dovecot';
import { makeGate } from '../../tests/support/gate';
import { scanQuery } from '../../src/plugins/email-connect/server/src/adapters/imap/scan-query';
import { bareImapflow } from '../bare-imapflow';
import { composeLetter, writtenAt } from '../compose';
import { password, startEngine, user } from '../engine';
import { fillMaildir } from '../maildir';
import { pullWithMbsync } from '../mbsync';
import { megabytes, median, perSecond, printRows, seconds, timed } from '../report';

const MESSAGES = Number(process.env.BENCH_SCAN_MESSAGES ?? 100_000);
const EVERY = 100;
const ROUNDS = 3;
const SENT = 50;

/** Dovecot's caches of a mailbox: without them it reads every message again, as on anyone's first scan. */
const forget = (dovecot: Dovecot): void => {
  const home = path.join(dovecot.directory, 'mail', user, 'Maildir');
  for (const name of readdirSync(home)) {
    if (name.startsWith('dovecot.index.cache')) rmSync(path.join(home, name));
  }
};

/** imapflow's own fetch of the same fields of the same folder, with the rows thrown away. */
const bareScan = async (dovecot: Dovecot): Promise<number> => {
  const client = await bareImapflow(dovecot, { user, pass: password });
  let rows = 0;
  const ms = await timed(async () => {
    for await (const row of client.fetch('1:*', scanQuery, { uid: true })) if (row.headers) rows += 1;
  });
  await client.logout();
  if (rows !== MESSAGES) throw new Error(`The bare fetch got ${rows} of ${MESSAGES} rows.`);
  return ms;
};

/** One in a hundred answers a sent mail, a third answer another mail. */
const compose = (number: number): string => {
  const sent = (number % SENT) + 1;
  const isReply = number % EVERY === 0;
  const others = number % 3 === 0 ? [`other.${number}@elsewhere.example`] : [];
  return composeLetter({
    number,
    answers: isReply ? [`sent.${sent}@team.example`] : others,
    ...(isReply ? { author: `person.${sent}@customer.example`, subject: 'Offer' } : {}),
    textBytes: 2_000 + (number % 7) * 1_000,
    fileBytes: number % 5 === 0 ? 35_000 : 0,
  });
};

/** Milliseconds of each round; one after the other, so that a slow machine slows both. */
interface Pair {
  ours: number[];
  bare: number[];
}

const ratio = ({ ours, bare }: Pair): number => median(bare.map((ms, i) => ms / (ours[i] ?? NaN)));

const main = async (): Promise<void> => {
  const dovecot = await startDovecot({
    users: { [user]: password },
    store: 'maildir',
    transcripts: false,
    compress: true,
  });
  try {
    const bytes = fillMaildir(dovecot, user, { messages: MESSAGES, compose, receivedAt: writtenAt });
    console.log(`${MESSAGES} messages, ${megabytes(bytes)}`);
    const engine = await startEngine(dovecot, 'sqlite');
    await engine.sendMail(SENT);

    /** Every round starts with records that know none of the replies. */
    const scanOnce = async (port?: number) => {
      const session = await engine.connect(port);
      const folder = await engine.rewind(session);
      const ms = await timed(() => engine.pass(session, folder));
      await session.close();
      return ms;
    };

    const cold: Pair = { ours: [], bare: [] };
    const warm: Pair = { ours: [], bare: [] };
    await bareScan(dovecot);
    forget(dovecot);
    const first = await scanOnce();
    console.log(`first pass, ${MESSAGES / EVERY} replies logged: ${seconds(first)}`);
    forget(dovecot);
    cold.bare.push(await bareScan(dovecot));
    cold.ours.push(first);
    for (let round = 0; round < ROUNDS; round += 1) {
      warm.bare.push(await bareScan(dovecot));
      warm.ours.push(await scanOnce());
    }
    const gate = await makeGate(dovecot.imapsPort);
    const gated = await scanOnce(gate.port);
    const pulled = await pullWithMbsync(dovecot, user, password);
    const scanned = (ms: number[]) => perSecond(MESSAGES, median(ms));
    printRows([
      {
        work: `scan headers of a ${MESSAGES / 1000}k-message folder, 1 % matched and logged, first time (cold)`,
        ours: scanned(cold.ours),
        against: `bare imapflow header fetch ${scanned(cold.bare)}`,
        ratio: ratio(cold).toFixed(2),
        reach: 'at least 0.8',
        reached: ratio(cold) >= 0.8,
      },
      {
        work: 'the same, again (warm, the replies known)',
        ours: scanned(warm.ours),
        against: `bare imapflow header fetch ${scanned(warm.bare)}`,
        ratio: ratio(warm).toFixed(2),
        reach: 'at least 0.8',
        reached: ratio(warm) >= 0.8,
      },
      {
        work: 'the same folder, time',
        ours: seconds(gated),
        against: `mbsync, whole folder ${seconds(pulled.ms)}`,
        ratio: `${(pulled.ms / gated).toFixed(1)}x less`,
        reach: 'at least 10x less',
        reached: pulled.ms / gated >= 10,
      },
      {
        work: 'the same folder, bytes from the server',
        ours: megabytes(gate.received),
        against: `mbsync, whole folder ${megabytes(pulled.received)}`,
        ratio: `${(pulled.received / gate.received).toFixed(1)}x fewer`,
        reach: 'at least 20x fewer',
        reached: pulled.received / gate.received >= 20,
      },
    ]);
    await gate.shut();
    await engine.stop();
  } finally {
    await dovecot.stop();
  }
};

void main();
