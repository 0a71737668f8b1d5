import { startDovecot } from '../../tests/support/dovecot';
import type { Dovecot } from '../../tests/support/dovecot';
import { makeGate } from '../../tests/support/gate';
import { readTranscript } from '../../tests/support/transcript';
import { bareImapflow } from '../bare-imapflow';
import { composeLetter, writtenAt } from '../compose';
import { password, startEngine, user } from '../engine';
import { fillMaildir } from '../maildir';
import { median, printRows, timed } from '../report';
import type { Row } from '../report';

const SIZES = [1_000, Number(process.env.BENCH_LARGE ?? 1_000_000)];
const PASSES = 20;

interface Cost {
  commands: number;
  bytes: number;
  ms: number;
  /** The server's own time, which grows with the folder where it keeps one file a message. */
  bareMs: number;
}

/** The cost of one more pass of a folder in which nothing happened. */
const costOf = async (messages: number): Promise<Cost> => {
  const dovecot = await startDovecot({ users: { [user]: password }, store: 'maildir' });
  try {
    const compose = (number: number) => composeLetter({ number, answers: [], textBytes: 200, fileBytes: 0 });
    fillMaildir(dovecot, user, { messages, compose, receivedAt: writtenAt });
    const engine = await startEngine(dovecot, 'sqlite');
    const gate = await makeGate(dovecot.imapsPort);
    const session = await engine.connect(gate.port);
    const pass = async () => engine.pass(session, await engine.folder());
    // The first pass sets the cursor, the second finds that nothing came.
    await pass();
    await pass();
    const before = { commands: await commandsOf(dovecot), bytes: gate.received + gate.sent };
    for (let round = 0; round < PASSES; round += 1) await pass();
    const after = { commands: await commandsOf(dovecot), bytes: gate.received + gate.sent };
    const bare = await bareImapflow(dovecot, { user, pass: password }, { port: gate.port });
    const times: number[] = [];
    const bareTimes: number[] = [];
    // In turn, so that a slow machine slows both.
    for (let round = 0; round < PASSES; round += 1) {
      bareTimes.push(await timed(() => bare.mailboxOpen('INBOX', { readOnly: true })));
      times.push(await timed(pass));
    }
    await bare.logout();
    await session.close();
    await gate.shut();
    await engine.stop();
    return {
      commands: (after.commands - before.commands) / PASSES,
      bytes: (after.bytes - before.bytes) / PASSES,
      ms: median(times),
      bareMs: median(bareTimes),
    };
  } finally {
    await dovecot.stop();
  }
};

const commandsOf = async (dovecot: Dovecot): Promise<number> =>
  readTranscript(await dovecot.rawlog(user)).commands.length;

const main = async (): Promise<void> => {
  const costs: Cost[] = [];
  for (const size of SIZES) {
    const cost = await costOf(size);
    console.log(
      `${size} messages: ${cost.commands} commands, ${Math.round(cost.bytes)} bytes, ${cost.ms.toFixed(1)} ms, a bare EXAMINE ${cost.bareMs.toFixed(1)} ms`
    );
    costs.push(cost);
  }
  const [small, large] = costs;
  if (!small || !large) throw new Error('Both sizes were measured.');
  const work = `a pass over an unchanged folder of ${SIZES[1]?.toLocaleString('en-US')} messages`;
  const row = (
    what: string,
    ours: string,
    against: string,
    ratio: number,
    reach: string,
    reached: boolean
  ): Row => ({
    work: `${work}, ${what}`,
    ours,
    against: `of ${SIZES[0]?.toLocaleString('en-US')} messages ${against}`,
    ratio: ratio.toFixed(2),
    reach,
    reached,
  });
  printRows([
    row(
      'round trips',
      `${large.commands}`,
      `${small.commands}`,
      large.commands / small.commands,
      'the same, at most 2',
      large.commands === small.commands && large.commands <= 2
    ),
    row(
      'bytes both ways',
      `${Math.round(large.bytes)}`,
      `${Math.round(small.bytes)}`,
      large.bytes / small.bytes,
      'the same, below 1 KB',
      large.bytes < 1_024 && large.bytes / small.bytes < 1.1
    ),
    {
      work: `${work}, time`,
      ours: `${large.ms.toFixed(1)} ms`,
      against: `the server's answer to a bare EXAMINE of it, ${large.bareMs.toFixed(1)} ms`,
      ratio: (large.ms / large.bareMs).toFixed(2),
      reach: 'at most 1.5',
      reached: large.ms / large.bareMs <= 1.5,
    },
  ]);
};

void main();
