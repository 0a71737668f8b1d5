import { setTimeout as sleep } from 'node:timers/promises';
import { replyTo } from '../../dev/mail-server';
import { startDovecot } from '../support/dovecot';
import type { Dovecot } from '../support/dovecot';
import { us } from '../support/dovecot-scene';
import { makeFaultyGate } from '../support/faulty-gate';
import type { FaultyGate } from '../support/faulty-gate';
import { startRelay } from '../support/relay';
import type { Relay } from '../support/relay';
import { startScene } from '../support/scene';
import type { Scene } from '../support/scene';
import { startSendingScene } from '../support/sending-scene';
import { describeWith } from '../support/services';
import { until } from '../support/until';

jest.setTimeout(180_000);

const ann = 'ann@customer.example';
const WAIT_MS = 120_000;
/** Of a person; two seconds are promised, the rest is for a machine that has much to do. */
const SOON_MS = 10_000;

describeWith('dovecot', 'S47: Dovecot behind a network that freezes', () => {
  let dovecot: Dovecot;
  let relay: Relay;
  let imapGate: FaultyGate;
  let smtpGate: FaultyGate;
  let scene: Scene;
  let inboxDocumentId = '';
  let contactDocumentId = '';

  beforeAll(async () => {
    dovecot = await startDovecot({ users: { [us.address]: us.password, [ann]: 'customer-pass' } });
    relay = await startRelay(dovecot, [us.address, ann]);
    imapGate = await makeFaultyGate(dovecot.imapsPort);
    smtpGate = await makeFaultyGate(dovecot.submissionPort);
    scene = await startScene(
      {
        imapsPort: imapGate.port,
        smtpPort: smtpGate.port,
        smtpTls: 'starttls' as const,
        certificate: dovecot.certificate.cert,
      },
      { EMAIL_CONNECT_PASS_INTERVAL_SECONDS: '12' }
    );
    inboxDocumentId = (await scene.crm.connectInbox(scene.inboxForm(us.address, us.password))).documentId;
    contactDocumentId = await scene.crm.createContact({ name: 'Ann', email: ann, company: '' });
    await untilItIs(isWell);
  }, 180_000);
  afterAll(async () => {
    await scene.end();
    await imapGate.stop();
    await smtpGate.stop();
    await relay.stop();
    await dovecot.stop();
  });

  const howItIs = async (): Promise<string> => {
    const inbox = JSON.stringify(await scene.crm.readInbox(inboxDocumentId));
    return `${inbox}\n${scene.strapi.logs().split('\n').slice(-20).join('\n')}`;
  };
  const untilItIs = (holds: () => Promise<boolean>) => until(holds, howItIs, WAIT_MS, 50);
  const read = () => scene.crm.readInbox(inboxDocumentId);
  const isWell = async (): Promise<boolean> => {
    const { state, lastPassAt } = await read();
    return state === 'ok' && lastPassAt !== null;
  };
  const passed = async (): Promise<void> => {
    const { lastPassAt } = await read();
    await untilItIs(async () => (await isWell()) && (await read()).lastPassAt !== lastPassAt);
  };
  const send = (subject: string) =>
    scene.crm.send(
      {
        contactDocumentId,
        answersDocumentId: null,
        to: [ann],
        cc: [],
        bcc: [],
        subject,
        text: 'Hello.',
        html: '',
      },
      []
    );
  const ask = (method: string, path: string, body?: unknown) =>
    scene.strapi.admin.fetch(method, `/email-connect/inboxes/${inboxDocumentId}${path}`, body);
  /** How long `work` takes, in ms; printed, because a bound that creeps up is to be seen. */
  const timed = async (what: string, work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    const ms = Math.round(performance.now() - began);
    process.stdout.write(`${what}: ${ms} ms\n`);
    return ms;
  };

  test('c20, P10: a half-open connection is noticed at the next check, and what came meanwhile is there', async () => {
    const { threadDocumentId } = await send('Half open');
    const [mail] = (await scene.crm.readThread(threadDocumentId)).messages;
    await passed();
    imapGate.forget();
    const sent = relay.mails.at(-1)?.raw;
    expect(sent?.toString('latin1')).toContain(mail?.messageId);
    await dovecot.deliver(us.address, await replyTo(sent ?? Buffer.alloc(0), { from: ann, text: 'Yes.' }));
    await timed('half-open, until the reply is on its contact', () =>
      untilItIs(async () => (await scene.crm.readThread(threadDocumentId)).messages.length === 2)
    );
    await untilItIs(isWell);
    expect(scene.strapi.logs()).toMatch(/is backing-off: CONNECTION_LOST/);
  });

  test('sending that is stuck is told of, while reading works', async () => {
    smtpGate.swallow();
    const { deliveryStatus } = await send('Stuck');
    expect(deliveryStatus).toBe('queued');
    await passed();
    const { state, sending } = await read();
    expect([state, sending.queued]).toEqual(['ok', 1]);
    expect(Date.parse(sending.waitingSince ?? '')).toBeGreaterThan(Date.now() - WAIT_MS);
    smtpGate.heal();
    await untilItIs(async () => (await read()).sending.waitingSince === null);
  });

  test('a pause and a resumption are answered while the server is frozen, and a look ends when its asker leaves', async () => {
    await passed();
    imapGate.swallow();
    const searching = new AbortController();
    const search = fetch(`${scene.strapi.url}/email-connect/inboxes/${inboxDocumentId}/search`, {
      method: 'POST',
      signal: searching.signal,
      body: JSON.stringify({ subject: 'Stuck' }),
      headers: { authorization: `Bearer ${scene.strapi.admin.token}`, 'content-type': 'application/json' },
    });
    // In the middle of a pass that gets no answer.
    await ask('POST', '/actions/sync');
    await sleep(500);
    expect(await timed('pause', () => ask('POST', '/actions/pause'))).toBeLessThan(SOON_MS);
    expect((await read()).state).toBe('paused');
    expect(await timed('resume', () => ask('POST', '/actions/resume'))).toBeLessThan(SOON_MS);
    searching.abort();
    await expect(search).rejects.toThrow();
    imapGate.heal();
    await untilItIs(isWell);
    // The one before it held its turn, had it not ended.
    const answer = await ask('POST', '/search', { subject: 'Stuck' });
    expect(answer.status).toBe(200);
  });

  test('SIGTERM ends a process whose servers hang, within seconds', async () => {
    await passed();
    imapGate.swallow();
    smtpGate.swallow();
    expect((await send('Under way')).deliveryStatus).toBe('queued');
    await ask('POST', '/actions/sync');
    await sleep(500);
    let code: number | null = null;
    expect(
      await timed('SIGTERM', async () => {
        code = await scene.strapi.stop();
      })
    ).toBeLessThan(SOON_MS);
    expect(code).toBe(0);
    imapGate.heal();
    smtpGate.heal();
    await scene.restart();
    await untilItIs(async () => (await read()).sending.queued === 0);
    expect(relay.mails.filter(({ raw }) => /^Subject: Under way/m.test(raw.toString('latin1')))).toHaveLength(
      1
    );
    await untilItIs(isWell);
  });
});

describeWith('postgres', 'S47: a database that hangs', () => {
  test('keeps no process from ending', async () => {
    const stage = await startSendingScene('postgres');
    try {
      stage.database?.hold();
      const began = performance.now();
      const code = await stage.scene.strapi.stop();
      // With 1, and not by the SIGKILL that comes after twenty seconds.
      if (code !== 1) throw new Error(`${code}: ${stage.scene.strapi.logs().slice(-3000)}`);
      process.stdout.write(`SIGTERM, database held: ${Math.round(performance.now() - began)} ms\n`);
    } finally {
      stage.database?.release();
      await stage.end();
    }
  });
});
