import { randomBytes } from 'node:crypto';
import { rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { attachment as attachmentShape } from '../../src/plugins/email-connect/shared/contracts/attachment';
import type { Attachment } from '../../src/plugins/email-connect/shared/contracts/attachment';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { until } from '../support/until';

jest.setTimeout(120_000);

let mail: MailScene;

beforeAll(async () => {
  mail = await startMailScene();
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

const directory = () => mail.scene.attachmentsDirectory;
/** A disk that takes and gives nothing: also root cannot write below a file. */
const breakStorage = async (): Promise<void> => {
  await rename(directory(), `${directory()}.away`);
  await writeFile(directory(), '');
};
const mendStorage = async (): Promise<void> => {
  await rm(directory());
  await rename(`${directory()}.away`, directory());
};

const filesOf = async (threadDocumentId: string): Promise<Attachment[]> =>
  (await mail.scene.crm.readThread(threadDocumentId)).messages.flatMap(({ attachments }) => attachments);
const download = async ({ documentId }: Attachment): Promise<{ status: number; content: Buffer }> => {
  const answer = await mail.admin.call('GET', `/email-connect/attachments/${documentId}/file`);
  return { status: answer.status, content: Buffer.from(await answer.arrayBuffer()) };
};
const fetchAgain = async ({ documentId }: Attachment): Promise<Attachment> =>
  attachmentShape.parse(
    await (await mail.admin.call('POST', `/email-connect/attachments/${documentId}/fetch`)).json()
  );

describe('S49: while the storage takes nothing', () => {
  const subject = 'Plans';
  /** By name; more than one answer has the first. */
  const contents = new Map(
    ['shared.bin', 'one.bin', 'two.bin', 'three.bin'].map((name) => [name, randomBytes(40_000)])
  );
  const answers = [['shared.bin'], ['one.bin', 'two.bin'], ['shared.bin', 'three.bin']];
  let threadDocumentId = '';
  const waitForFiles = (wanted: (files: Attachment[]) => boolean): Promise<Attachment[]> =>
    (async () => {
      for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
        const files = await filesOf(threadDocumentId);
        if (wanted(files)) return files;
        if (Date.now() > deadline) throw new Error(`The files never came: ${JSON.stringify(files)}`);
      }
    })();

  beforeAll(async () => {
    threadDocumentId = (await mail.send(subject)).threadDocumentId;
    await mail.pass();
    await breakStorage();
    for (const names of answers) {
      const attachments = names.map((filename) => ({ filename, content: contents.get(filename) ?? '' }));
      mail.deliver(await mail.replyTo(subject, { text: names.join(), attachments }));
    }
    await mail.waitForMessages(threadDocumentId, 1 + answers.length);
  });

  test('S29: mail is logged; its files are named, with the time at which they are fetched again', async () => {
    const files = await filesOf(threadDocumentId);
    expect(files.map(({ fileName, size }) => [fileName, size])).toEqual(
      answers.flat().map((name) => [name, 40_000])
    );
    for (const { state, retryAt } of files) {
      expect(state).toBe('failed');
      expect(Date.parse(retryAt ?? '')).toBeGreaterThan(Date.now());
    }
    expect((await download(files[0]!)).status).toBe(404);
  });

  test('P10: the inbox is not simply well: it says how many files wait', async () => {
    const { state, waitingFiles } = await mail.readInbox();
    expect(state).toBe('ok');
    expect(waitingFiles).toEqual({ count: answers.flat().length, nextAt: expect.any(String) });
  });

  test('S48: a send says that it was not sent, and what to do', async () => {
    const refused = mail.send('Not now');
    await expect(refused).rejects.toThrow(/attachment storage .* then try again/);
    const mails = mail.server.mailbox(cleo.address).messages('INBOX');
    expect(mails.filter(({ raw }) => raw.includes('Subject: Not now'))).toEqual([]);
  });

  test('what a person asks for is tried, and waits again', async () => {
    const [first] = await filesOf(threadDocumentId);
    const { retryAt } = await fetchAgain(first!);
    expect(Date.parse(retryAt ?? '')).toBeLessThan(Date.parse(first!.retryAt ?? ''));
    await waitForFiles(
      ([file]) => file !== undefined && Date.parse(file.retryAt ?? '') > Date.parse(first!.retryAt ?? '')
    );
    // The next time is written before the try: only once the loop has gone on has it failed.
    await mail.pass();
    const [again] = await filesOf(threadDocumentId);
    expect(again?.state).toBe('failed');
  });

  describe('and takes them again', () => {
    beforeAll(mendStorage);

    test('a person gets the file that they ask for, and the rest of its mail, at once', async () => {
      await fetchAgain((await filesOf(threadDocumentId))[1]!);
      const files = await waitForFiles((found) => found[1]?.state === 'stored');
      expect(files.map(({ state }) => state)).toEqual(['failed', 'stored', 'stored', 'failed', 'failed']);
    });

    test('every other file comes in its time, byte for byte', async () => {
      await mail.scene.run('update email_connect_attachments set retry_at = 0 where retry_at is not null');
      await mail.pass();
      const files = await waitForFiles((found) => found.every(({ state }) => state === 'stored'));
      for (const file of files) {
        expect(file.retryAt).toBeNull();
        expect(await download(file)).toEqual({ status: 200, content: contents.get(file.fileName) });
      }
      expect((await mail.readInbox()).waitingFiles).toBeNull();
    });
  });
});

describe('S21, S45: what is un-logged', () => {
  test('leaves the disk with the next sweep; what other mail has stays', async () => {
    const canaries = [0, 1].map(() => `canary${randomBytes(9).toString('hex')}`);
    const [shared, only] = canaries as [string, string];
    const holding = (canary: string) => filesHolding(canary, filesBelow(directory()));
    const threads: string[] = [];
    for (const [subject, files] of [
      ['Both', [shared, only]],
      ['One', [shared]],
    ] as const) {
      const { threadDocumentId } = await mail.send(subject);
      const attachments = files.map((content, i) => ({ filename: `${i}.txt`, content }));
      mail.deliver(await mail.replyTo(subject, { text: 'Here', attachments }));
      await mail.waitForMessages(threadDocumentId, 2);
      threads.push(threadDocumentId);
    }
    await mail.admin.call('POST', `/email-connect/threads/${threads[0]}/unlog`);
    expect([holding(shared).length, holding(only).length]).toEqual([1, 1]);

    await mail.scene.strapi.stop();
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    for (const file of filesBelow(directory())) await utimes(path.resolve(file), twoDaysAgo, twoDaysAgo);
    await mail.scene.restart();
    await until(async () => holding(only).length === 0, 'It was never swept.', 60_000, 100);
    expect(holding(shared)).toHaveLength(1);
    const [file] = await filesOf(threads[1]!);
    expect((await download(file!)).content.toString()).toBe(shared);
  });
});
