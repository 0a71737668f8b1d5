import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { countRows, openDatabase } from '../support/scene-database';

const MEGABYTE = 1_000_000;
const LIMIT = 25 * MEGABYTE;

jest.setTimeout(120_000);

let mail: MailScene;
/** Where Strapi puts what is uploaded before anybody looks at it. */
let uploads: string;

beforeAll(async () => {
  uploads = await mkdtemp(path.join(os.tmpdir(), 'email-connect-uploads-'));
  mail = await startMailScene({ TMPDIR: uploads, EMAIL_CONNECT_OUTGOING_LIMIT_BYTES: String(LIMIT) });
}, 150_000);

afterAll(async () => {
  await mail.end();
  await rm(uploads, { recursive: true, force: true });
});

const send = (files: File[], change: object = {}, field = 'files'): FormData => {
  const form = new FormData();
  const message = {
    key: randomUUID(),
    contact: { contactType: 'plugin::email-connect.contact', documentId: mail.contactDocumentId },
    answersDocumentId: null,
    to: [cleo.address],
    cc: [],
    bcc: [],
    subject: 'Files',
    text: 'Hello',
    html: '',
    ...change,
  };
  form.set('data', JSON.stringify(message));
  for (const file of files) form.append(field, file);
  return form;
};

const execute = (sql: string) => openDatabase(mail.scene, (database) => database.prepare(sql).run());

const refused = (form: FormData) => mail.admin.refused('POST', '/email-connect/messages', form);

const file = (name: string, bytes: number) => new File([new Uint8Array(bytes)], name);

const below = (directory: string): string[] =>
  existsSync(directory) ? readdirSync(directory, { recursive: true }).map(String) : [];

/** All that is stored; a folder of the storage may stay when its last file is gone. */
const stored = (): string[] =>
  below(mail.scene.attachmentsDirectory).filter((name) => !/^[0-9a-f]{2}$/.test(name));

/** Files in the folder of uploads that the process holds open, those deleted meanwhile too. */
const heldOpen = (): string[] => {
  const descriptors = `/proc/${mail.scene.strapi.pid}/fd`;
  return readdirSync(descriptors).flatMap((name) => {
    try {
      const target = readlinkSync(path.join(descriptors, name));
      return target.startsWith(uploads) ? [target] : [];
    } catch {
      // Closed since the folder was read.
      return [];
    }
  });
};

const megabytesOf = (field: 'VmRSS' | 'VmHWM'): number => {
  const status = readFileSync(`/proc/${mail.scene.strapi.pid}/status`, 'utf8');
  return (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / MEGABYTE;
};

/** How much larger the process was at its peak than before. */
const growthDuring = async (work: () => Promise<void>): Promise<number> => {
  // 5: the peak counts from here (proc(5), clear_refs).
  writeFileSync(`/proc/${mail.scene.strapi.pid}/clear_refs`, '5');
  const before = megabytesOf('VmRSS');
  await work();
  return megabytesOf('VmHWM') - before;
};

describe('S47: files beyond the limit', () => {
  it('190 MB of them are refused before they are read', async () => {
    const files = Array.from({ length: 19 }, (_, at) => file(`${at}.bin`, 10 * MEGABYTE));
    const growth = await growthDuring(async () => {
      expect(await refused(send(files))).toMatchObject({
        status: 413,
        code: 'MESSAGE_TOO_LARGE',
        message: expect.stringMatching(/^This mail is 261 MB with its files,.+the limit here is 25 MB\.$/),
        nextStep: expect.stringContaining('Remove a file'),
      });
    });
    expect(growth).toBeLessThan(60);
    expect(below(uploads)).toEqual([]);
    expect(countRows(mail.scene, 'email_connect_outbox')).toBe(0);
  });

  it('which only the encoded text carries over the limit leave nothing in the storage', async () => {
    const form = send([file('close.bin', 18.2 * MEGABYTE)], { text: 'ä'.repeat(50_000) });
    expect(await refused(form)).toMatchObject({
      status: 413,
      code: 'MESSAGE_TOO_LARGE',
      message: expect.stringContaining('is more than 25 MB'),
    });
    expect([below(uploads), heldOpen(), stored()]).toEqual([[], [], []]);
    expect(countRows(mail.scene, 'email_connect_outbox')).toBe(0);
  });
});

describe('S47: what was refused', () => {
  it('100 times leaves no file, open or not', async () => {
    const refusals: [object, string?][] = [
      [{ to: ['nobody'] }],
      [{ to: [] }],
      [{ subject: 'a\nb' }],
      [{}, 'other'],
    ];
    for (let at = 0; at < 100; at += 1) {
      const [change, field] = refusals[at % refusals.length] ?? [{}];
      const form = send([file('a.bin', 10_000), file('b.bin', 10_000)], change, field);
      if (field !== undefined) form.set('data', 'no JSON');
      expect(await refused(form)).toMatchObject({ status: 400 });
    }
    expect([below(uploads), heldOpen(), stored()]).toEqual([[], [], []]);
  });

  it('by the database leaves neither what was uploaded nor the composed mail', async () => {
    execute(
      "create trigger full_disk before insert on email_connect_outbox begin select raise(abort, 'disk full'); end"
    );
    const form = send([file('a.bin', 10_000)], { subject: 'Never recorded' });
    expect((await mail.admin.call('POST', '/email-connect/messages', form)).status).toBeGreaterThanOrEqual(
      400
    );
    execute('drop trigger full_disk');
    const contents = stored().map((name) => readFileSync(path.join(mail.scene.attachmentsDirectory, name)));
    expect(contents.filter((content) => content.includes('Never recorded'))).toEqual([]);
    expect([below(uploads), heldOpen()]).toEqual([[], []]);
  });
});

describe('S9: files within the limit', () => {
  it('go out and into Sent as the same bytes, and nothing of the request stays', async () => {
    const content = randomBytes(2 * MEGABYTE);
    const form = send([new File([content], 'offer.bin'), file('b.bin', 10_000)], { subject: 'Within' });
    const answer = await mail.admin.call('POST', '/email-connect/messages', form);
    expect(sendMessageAnswer.parse(await answer.json()).deliveryStatus).toBe('sent');
    const received = mail.received('Within');
    expect(received.toString('latin1').replaceAll('\r\n', '')).toContain(content.toString('base64'));
    const inSent = () => mail.server.mailbox(mail.form.address).messages('Sent');
    // The sending loop files it beside the reading one.
    for (const deadline = Date.now() + 60_000; inSent().length === 0 || heldOpen().length > 0;) {
      if (Date.now() > deadline) throw new Error(`${inSent().length} in Sent, open: ${heldOpen().join(' ')}`);
      await sleep(50);
    }
    expect(inSent().map(({ raw }) => received.toString('latin1').endsWith(raw.toString('latin1')))).toEqual([
      true,
    ]);
    expect([below(uploads), heldOpen()]).toEqual([[], []]);
  });
});
