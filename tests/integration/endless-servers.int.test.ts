import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { makeCertificate } from '../support/certificates';
import { startScene } from '../support/scene';
import type { Scene } from '../support/scene';
import { startScriptedImap } from '../support/scripted-imap';
import type { Script } from '../support/scripted-imap';
import { endlessly } from '../support/scripted-server';
import type { ScriptedServer } from '../support/scripted-server';
import { startScriptedSmtp } from '../support/scripted-smtp';
import { until } from '../support/until';

jest.setTimeout(120_000);

const HEAP_MB = 600;
/** Far below the minute in which a test of a connection ends by itself. */
const SOON_MS = 30_000;

let imap: ScriptedServer;
let smtp: ScriptedServer;
let scene: Scene;
let admin: AdminClient;
let script: Script = () => null;

const emptyFolder: Script = (command) =>
  /^EXAMINE/.test(command)
    ? '* 0 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [UIDNEXT 1] ok\r\nTAG OK [READ-ONLY] done'
    : null;
const asksForFolders = (command: string): boolean => /^LIST .*\*/.test(command);

beforeAll(async () => {
  imap = await startScriptedImap((command) => script(command) ?? emptyFolder(command));
  smtp = await startScriptedSmtp({});
  const mail = { imapsPort: imap.access.port, smtpPort: smtp.access.port, smtpTls: 'implicit' as const };
  const { cert } = await makeCertificate();
  scene = await startScene(
    { ...mail, certificate: cert },
    { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` }
  );
  admin = adminClient(scene.strapi.url, scene.strapi.admin.token);
}, 180_000);
afterAll(async () => {
  await scene.end();
  imap.stop();
  smtp.stop();
});
afterEach(async () => {
  script = () => null;
  expect((await fetch(`${scene.strapi.url}/_health`)).status).toBe(204);
});

const form = () => {
  const wished = scene.inboxForm('uma@crm.test', 'correct horse');
  const pinned = ({ access }: ScriptedServer) => ({ pinnedCertificate: access.pinnedCertificate });
  return {
    ...wished,
    imap: { ...wished.imap, ...pinned(imap) },
    smtp: { ...wished.smtp, ...pinned(smtp) },
  };
};
const request = () => ({ ...form(), inboxDocumentId: null });
const ask = (signal: AbortSignal) =>
  fetch(`${scene.strapi.url}/email-connect/connection-tests`, {
    method: 'POST',
    signal,
    body: JSON.stringify(request()),
    headers: { authorization: `Bearer ${scene.strapi.admin.token}`, 'content-type': 'application/json' },
  });

/** Of the process of Strapi, as the system counts. */
const ofProcess = (file: string) => readFileSync(`/proc/${scene.strapi.pid}/${file}`, 'utf8');
const mostMegabytes = () => Number(/VmHWM:\s+(\d+)/.exec(ofProcess('status'))?.[1]) / 1024;
const cpuSeconds = () => {
  const [user, system] = ofProcess('stat').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  return (Number(user) + Number(system)) / 100;
};

function* threeMillionFolders() {
  for (let i = 0; i < 3_000; i += 1) {
    yield Array.from({ length: 1_000 }, (_, j) => `* LIST () "/" "Customers/${i}/${j}"\r\n`).join('');
  }
  yield 'TAG OK done\r\n';
}
async function* aByteNowAndThen() {
  for (;;) {
    yield '*';
    await sleep(200);
  }
}

describe('S47: a test of a connection', () => {
  test(`takes no memory: three million folders, in a process of ${HEAP_MB} MB`, async () => {
    const before = mostMegabytes();
    script = (command) => (asksForFolders(command) ? threeMillionFolders() : null);
    const { failed } = await admin.testConnection(request());
    expect(failed['imap-folders']).toMatchObject({ code: 'TOO_MANY_FOLDERS' });
    expect(mostMegabytes() - before).toBeLessThan(300);
  });

  test.each([
    ['says nothing', () => []],
    ['sends a byte now and then', aByteNowAndThen],
    ['says other things without end', () => endlessly('* OK Still here\r\n'.repeat(500))],
  ])('ends when its caller leaves, while the server %s', async (_, answer) => {
    script = (command) => (asksForFolders(command) ? answer() : null);
    const leaving = new AbortController();
    const asked = imap.commands.length;
    const testing = ask(leaving.signal).then((response) => response.text());
    await until(async () => imap.commands.slice(asked).some(asksForFolders), 'No LIST.', SOON_MS);
    leaving.abort();
    await expect(testing).rejects.toThrow();
    await until(async () => imap.open() === 0, 'The connection stays.', SOON_MS);
  });

  test('is one of two at once, for one person', async () => {
    script = (command) => (asksForFolders(command) ? [] : null);
    const leaving = new AbortController();
    const asked = imap.commands.length;
    const tests = [ask(leaving.signal), ask(leaving.signal)].map((test) => test.then((r) => r.text()));
    const running = () => imap.commands.slice(asked).filter(asksForFolders).length;
    await until(async () => running() === 2, 'They do not run.', SOON_MS);
    expect(await admin.refused('POST', '/email-connect/connection-tests', request())).toMatchObject({
      status: 429,
      code: 'RATE_LIMITED',
    });
    leaving.abort();
    await Promise.allSettled(tests);
    await until(async () => imap.open() === 0, 'The connections stay.', SOON_MS);
    script = () => null;
    expect(await admin.testConnection(request())).toMatchObject({ passed: true });
  });
});

describe('S47: a connected inbox', () => {
  let documentId = '';
  const read = () => scene.crm.readInbox(documentId);
  const untilItIs = (state: string, code: string) =>
    until(
      async () => {
        const inbox = await read();
        return inbox.state === state && inbox.stateCode === code && inbox;
      },
      async () => JSON.stringify(await read()),
      60_000,
      100
    );

  beforeAll(async () => {
    ({ documentId } = await scene.crm.connectInbox(form()));
    await untilItIs('ok', '');
  });

  test('S37: at a port that an update no longer allows says so, and goes on once it is allowed', async () => {
    await scene.strapi.stop();
    await scene.restart({ EMAIL_CONNECT_ALLOWED_PORTS: '1143' });
    const { stateReason } = await untilItIs('needs-you', 'PORT_NOT_ALLOWED');
    expect(stateReason).toContain('allowedPorts');
    await scene.strapi.stop();
    await scene.restart();
    admin = adminClient(scene.strapi.url, scene.strapi.admin.token);
    await admin.call('POST', `/email-connect/inboxes/${documentId}/actions/sync`);
    await untilItIs('ok', '');
  });

  test('P10: whose server floods it with news is left alone, says so, and takes no processor', async () => {
    const idle = '* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR IDLE\r\nTAG OK done';
    const news = `+ idling\r\n${'* 10 EXISTS\r\n* 10 EXPUNGE\r\n'.repeat(500)}`;
    script = (command) => {
      if (/^CAPABILITY/.test(command)) return idle;
      return /^IDLE/.test(command) ? endlessly(news) : null;
    };
    // A connection that learns of IDLE.
    for (const action of ['pause', 'resume'])
      await admin.call('POST', `/email-connect/inboxes/${documentId}/actions/${action}`);
    const { stateReason } = await untilItIs('backing-off', 'SERVER_FLOODING');
    expect(stateReason).toMatch(/without end.*tried again by itself/);
    await sleep(1_000);
    const before = cpuSeconds();
    await sleep(3_000);
    expect(cpuSeconds() - before).toBeLessThan(1.5);
  });
});
