import { randomBytes } from 'node:crypto';
import { explanation } from '../../src/plugins/email-connect/shared/contracts/explanation';
import type { MessageLocation } from '../../src/plugins/email-connect/shared/contracts/location';
import { logByHandAnswer } from '../../src/plugins/email-connect/shared/contracts/log-by-hand';
import { dryRunAnswer } from '../../src/plugins/email-connect/shared/contracts/policy';
import {
  quarantineList,
  retryQuarantineAnswer,
} from '../../src/plugins/email-connect/shared/contracts/quarantine';
import { searchAnswer } from '../../src/plugins/email-connect/shared/contracts/search';
import { suggestionList } from '../../src/plugins/email-connect/shared/contracts/suggestion';
import { cleo, startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { filesBelow, filesHolding } from '../support/search-files';
import { ask, askedDuring, mailToUs } from '../support/unlogged-scene';

jest.setTimeout(90_000);

const canary = `canary${randomBytes(9).toString('hex')}`;
const strangerId = `${canary}-1@stranger.test`;

let mail: MailScene;
let inbox = '';
let threadDocumentId = '';

beforeAll(async () => {
  mail = await startMailScene();
  inbox = `/inboxes/${mail.inboxDocumentId}`;
  ({ threadDocumentId } = await mail.send('Offer'));
  mail.deliver(
    mailToUs({
      'Message-ID': `<${strangerId}>`,
      From: `Sid <${canary}@stranger.test>`,
      Subject: `Lunch ${canary}`,
    })
  );
  await mail.pass();
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

const search = (body: object) => ask(mail, searchAnswer, 'POST', `${inbox}/search`, body);
const explain = (body: object) => ask(mail, explanation, 'POST', `${inbox}/explain`, body);
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

/** S19: what was looked at in the mailbox is nowhere on this side. */
const expectNoTrace = (): void => {
  const { dir, strapi } = mail.scene;
  expect(filesHolding(canary, filesBelow(dir))).toEqual([]);
  expect(strapi.logs()).not.toContain(canary);
};

describe('searching the mailbox', () => {
  test('S12, S13, S19: finds what is not logged, by header fields only, and leaves no trace', async () => {
    const { result, commands, bodies } = await askedDuring(mail, () => search({ subject: canary }));
    expect(result).toMatchObject({ isCut: false, unreadable: [] });
    expect(only(result.messages)).toMatchObject({
      from: [{ address: `${canary}@stranger.test`, displayName: 'Sid' }],
      subject: `Lunch ${canary}`,
      location: { folderPath: 'INBOX' },
      verdict: { kind: 'ignore', reason: 'no-known-reference', threadDocumentId: null },
    });
    expect(bodies).toEqual([]);
    expect(commands).toContain('EXAMINE');
    expect(commands).not.toContain('SELECT');
    expectNoTrace();
  });

  test('by Message-ID with its brackets, by address, since a day; and what is nowhere is not found', async () => {
    expect((await search({ messageId: `<${strangerId}>` })).messages).toHaveLength(1);
    expect((await search({ address: `${canary}@stranger.test`, since: '2026-01-01' })).messages).toHaveLength(
      1
    );
    expect((await search({ subject: 'nothing of this kind' })).messages).toEqual([]);
  });

  test('S16: what lies in another watched folder is found there', async () => {
    const raw = mailToUs({ 'Message-ID': `<${canary}-2@stranger.test>`, From: 'sid@stranger.test' });
    mail.deliver(raw, 'Archive');
    const { messages } = await search({ messageId: `${canary}-2@stranger.test` });
    expect(only(messages).location.folderPath).toBe('Archive');
  });

  test.each([
    ['nothing to search for', {}],
    ['a day that is none', { since: 'yesterday' }],
    ['a folder that is not there', { subject: 'x', folderPath: 'Nowhere' }],
    ['a line too long', { subject: 'x'.repeat(201) }],
  ])('%s is refused', async (_, body) => {
    expect(await mail.admin.refused('POST', `/email-connect${inbox}/search`, body)).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
    });
  });

  test('S37: what is searched for is no IMAP command', async () => {
    const { result, commands } = await askedDuring(mail, () => search({ subject: 'x" ALL) UNSEEN (' }));
    expect(result.messages).toEqual([]);
    expect(commands.filter((name) => name !== 'UID SEARCH' && /SEARCH|SELECT|STORE/.test(name))).toEqual([]);
    for (const subject of ['x\r\nA9 SELECT INBOX', 'x\0y'])
      expect(await mail.admin.refused('POST', `/email-connect${inbox}/search`, { subject })).toMatchObject({
        code: 'INPUT_INVALID',
      });
  });
});

describe('P9: why is this mail (not) here?', () => {
  test('S12, S19: a stranger: the reason, each step, no body, no trace', async () => {
    const { result, bodies } = await askedDuring(mail, () => explain({ messageId: strangerId }));
    expect(result).toMatchObject({
      answer: 'It belongs to no logged conversation, so nothing of it is kept.',
      reading: 'read',
      verdict: { kind: 'ignore', reason: 'no-known-reference' },
      glimpse: { subject: `Lunch ${canary}` },
    });
    expect(only(result.foundIn).folderPath).toBe('INBOX');
    expect(result.steps.at(-1)).toMatchObject({ outcome: 'decided' });
    expect(bodies).toEqual([]);
    expectNoTrace();
  });

  test('a reply that is logged: which record it is', async () => {
    mail.deliver(await mail.replyTo('Offer', { text: 'Yes please.' }));
    const { messages } = await mail.waitForMessages(threadDocumentId, 2);
    const answer = await explain({ messageId: messages[1]?.messageId });
    expect(answer).toMatchObject({
      answer: 'It is logged.',
      verdict: { kind: 'known', threadDocumentId, messageDocumentId: messages[1]?.documentId },
    });
  });

  test('what lies in a folder that is not watched is said to lie there', async () => {
    const raw = mailToUs({ 'Message-ID': `<${canary}-3@stranger.test>`, From: 'sid@stranger.test' });
    mail.deliver(raw, 'Trash');
    expect(await explain({ messageId: `${canary}-3@stranger.test` })).toMatchObject({
      foundIn: [{ folderPath: 'Trash' }],
      reading: 'not-watched',
    });
  });

  test('what is nowhere', async () => {
    expect(await explain({ messageId: 'never@came.test' })).toMatchObject({
      foundIn: [],
      verdict: null,
      steps: [],
      searched: expect.arrayContaining(['INBOX', 'Trash']),
    });
  });
});

describe('"log it now"', () => {
  const log = (location: MessageLocation) => ask(mail, logByHandAnswer, 'POST', `${inbox}/log`, { location });

  test('S6: a mail that the verdict left alone is on the contact, by hand, and found as logged', async () => {
    const messageId = 'call@customer.test';
    mail.deliver(
      mailToUs({ 'Message-ID': `<${messageId}>`, From: cleo.address, Subject: 'Call me' }, 'Now!')
    );
    await mail.pass();
    const found = only((await search({ messageId })).messages);
    expect(found.verdict.kind).toBe('ignore');
    const logged = await log(found.location);
    const thread = await mail.scene.crm.readThread(logged.threadDocumentId);
    expect(thread.messages).toEqual([
      expect.objectContaining({ messageId, origin: 'by-hand', direction: 'incoming' }),
    ]);
    expect((await explain({ messageId })).verdict).toMatchObject({ kind: 'known' });
    // Asked once more, it stays one record.
    expect(await log(found.location)).toEqual(logged);
  });

  test('what is not there any more is refused, and says what to do', async () => {
    const [known] = (await search({ messageId: strangerId })).messages;
    const location = { ...known?.location, imapUid: 4_000_000 };
    expect(await mail.admin.refused('POST', `/email-connect${inbox}/log`, { location })).toMatchObject({
      code: 'NOT_FOUND',
      nextStep: expect.stringMatching(/Search/),
    });
  });
});

describe('suggestions', () => {
  const list = async () => (await ask(mail, suggestionList, 'GET', `${inbox}/suggestions`)).suggestions;
  const likely = (messageId: string) =>
    mailToUs({ 'Message-ID': `<${messageId}>`, From: cleo.address, Subject: 'Re: Quote' });

  test('S12: show what is read from the mailbox; yes logs into the conversation, no asks no more', async () => {
    const { threadDocumentId: quote } = await mail.send('Quote');
    mail.deliver(likely('likely-1@customer.test'));
    mail.deliver(likely('likely-2@customer.test'));
    await mail.waitForInbox('had suggestions', ({ suggestions }) => suggestions === 2);
    const { result: suggested, bodies } = await askedDuring(mail, list);
    expect(suggested).toHaveLength(2);
    expect(suggested[0]).toMatchObject({
      threadDocumentId: quote,
      evidence: { rung: 'subject' },
      glimpse: { subject: 'Re: Quote', from: [{ address: cleo.address }] },
    });
    expect(bodies).toEqual([]);

    const [first, second] = suggested;
    const accept = { location: first?.location };
    expect(await ask(mail, logByHandAnswer, 'POST', `${inbox}/suggestions/accept`, accept)).toEqual({
      threadDocumentId: quote,
    });
    expect((await mail.scene.crm.readThread(quote)).messages).toHaveLength(2);
    await mail.admin.call('POST', `/email-connect${inbox}/suggestions/dismiss`, {
      location: second?.location,
    });
    expect(await list()).toEqual([]);
    await mail.pass();
    expect(await list()).toEqual([]);
    expect(
      await mail.admin.refused('POST', `/email-connect${inbox}/suggestions/accept`, accept)
    ).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('S28: mail to the log address', () => {
  const list = async () => (await ask(mail, quarantineList, 'GET', `${inbox}/quarantine`)).messages;

  test('from somebody who is not of the team is held, visible without its content, and not lost', async () => {
    await mail.admin.call('PUT', `/email-connect${inbox}/policy`, {
      policy: 'replies',
      logAddress: 'uma+log@crm.test',
      trustedAuthServers: 'known',
    });
    await mail.waitForInbox('was ok', ({ state }) => state === 'ok');
    mail.deliver(
      mailToUs({
        'Message-ID': `<${canary}-held@stranger.test>`,
        From: `${canary}@stranger.test`,
        To: 'uma+log@crm.test',
        Subject: canary,
      })
    );
    await mail.waitForInbox('held it', ({ quarantined }) => quarantined === 1);
    expect(only(await list())).toMatchObject({
      kind: 'held',
      code: 'LOG_SENDER_UNKNOWN',
      nextAt: null,
      location: { folderPath: 'INBOX' },
    });
    const { folders } = await mail.readInbox();
    expect(folders.find(({ folderPath }) => folderPath === 'INBOX')).toMatchObject({
      missing: 1,
      role: 'watch',
    });
    expectNoTrace();
  });

  test('P1: is tried again when a person asks for it, one or all', async () => {
    const { location } = only(await list());
    const retry = (body: object) =>
      ask(mail, retryQuarantineAnswer, 'POST', `${inbox}/quarantine/retry`, body);
    expect(await retry({ location })).toEqual({ due: 1 });
    await mail.pass();
    expect(only(await list())).toMatchObject({ kind: 'held' });
    expect(await retry({ location: null })).toEqual({ due: 1 });
    expect(await retry({ location: { ...location, imapUid: 4_000_000 } })).toEqual({ due: 0 });
  });
});

describe('S18: trying out a policy', () => {
  test('S12: says what it would log, reads no body, logs nothing', async () => {
    const dora = 'dora@customer.test';
    const contact = await mail.scene.crm.createContact({ name: 'Dora', email: dora, company: '' });
    mail.deliver(mailToUs({ 'Message-ID': '<fresh@customer.test>', From: dora, Subject: 'Fresh' }));
    await mail.pass();
    const since = new Date(Date.now() - 24 * 3_600_000).toISOString();
    const dryRun = (body: object) => ask(mail, dryRunAnswer, 'POST', `${inbox}/dry-run`, { since, ...body });
    const present = await dryRun({});
    const { result, bodies } = await askedDuring(mail, () => dryRun({ policy: 'known-contacts' }));
    expect(bodies).toEqual([]);
    expect(result).toMatchObject({ scanned: present.scanned, isCut: false, bodiesRead: 0 });
    expect(result.wouldLog).toBeGreaterThan(present.wouldLog);
    const rule = { field: 'address', pattern: dora };
    expect(await dryRun({ policy: 'known-contacts', rules: [rule] })).toMatchObject({
      wouldLog: result.wouldLog - 1,
      byRule: [{ ...rule, documentId: null, messages: 1 }],
    });
    expect((await mail.scene.crm.threadsOf(contact)).total).toBe(0);
  });
});
