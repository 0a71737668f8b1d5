import {
  accessRequests,
  messageAccess,
  threadAccess,
} from '../../src/plugins/email-connect/shared/contracts/access';
import type { LevelAnswer } from '../../src/plugins/email-connect/shared/contracts/level';
import { news } from '../../src/plugins/email-connect/shared/contracts/news';
import type { AdminClient } from '../support/admin-client';
import { FILE, MORE, startLevelScene, SUBJECT, WORDS } from '../support/level-scene';
import type { LevelScene } from '../support/level-scene';
import { statusOf, threadsOn } from '../support/mail-as';
import { cleo } from '../support/mail-scene';
import { press } from '../support/press';
import { ask } from '../support/unlogged-scene';

jest.setTimeout(60_000);

let mail: LevelScene['mail'];
let mia: LevelScene['mia'];
let manager: LevelScene['manager'];
let compliance: LevelScene['compliance'];
let thread: LevelScene['thread'];
let reply: LevelScene['reply'];
let file: LevelScene['file'];
let record: LevelScene['record'];
let setLevel: LevelScene['setLevel'];
let setThreadLevel: LevelScene['setThreadLevel'];
let pageFor: LevelScene['pageFor'];

const at = (caller: AdminClient) => ({ admin: caller });
/** Everything that our routes tell of the conversation, as text. */
const allFor = async (caller: AdminClient): Promise<string> => {
  const paths = [
    `${record}/threads`,
    `${record}/attachments`,
    `/threads/${thread}`,
    `/threads/${thread}/messages`,
    `/threads/${thread}/access`,
    `/messages/${reply}`,
    `/attachments/${file}/file`,
    '/access-requests',
  ];
  const answers = await Promise.all(paths.map((path) => caller.call('GET', `/email-connect${path}`)));
  return (await Promise.all(answers.map((answer) => answer.text()))).join('\n');
};

beforeAll(async () => {
  ({ mail, mia, manager, compliance, thread, reply, file, record, setLevel, setThreadLevel, pageFor } =
    await startLevelScene());
}, 150_000);

afterAll(() => mail.end());
afterEach(async () => {
  await setThreadLevel(null);
  await setLevel('full');
});

describe('S42: how much others are told', () => {
  it('w61: everything, at first', async () => {
    expect(await allFor(mia)).toMatch(MORE);
    expect((await pageFor(mia)).map(({ level }) => level)).toEqual(['full', 'full']);
    expect(await statusOf(mia, `/attachments/${file}/file`)).toBe(200);
  });

  it('w59, w68: at facts, from the next request on, when, with whom and which way, and no more', async () => {
    await setLevel('facts');
    const [listed] = await threadsOn(mia, mail.contactDocumentId);
    expect(listed).toMatchObject({ subject: null, preview: '', messageCount: 2, attachmentCount: 0 });
    expect((await pageFor(mia)).map(({ direction, from }) => [direction, from.address])).toEqual([
      ['outgoing', 'uma@crm.test'],
      ['incoming', cleo.address],
    ]);
    expect(await allFor(mia)).not.toMatch(MORE);
    expect(await statusOf(mia, `/attachments/${file}/file`)).toBe(404);
    expect(await allFor(mail.admin)).toMatch(MORE);
  });

  it('w60: at subject, subject and names of files besides', async () => {
    await setLevel('subject');
    const [listed] = await threadsOn(mia, mail.contactDocumentId);
    expect(listed).toMatchObject({ subject: SUBJECT, preview: '', attachmentCount: 1 });
    expect((await pageFor(mia))[1]?.attachments.map(({ fileName }) => fileName)).toEqual([FILE]);
    expect(await allFor(mia)).not.toMatch(WORDS);
    expect(await statusOf(mia, `/attachments/${file}/file`)).toBe(403);
  });

  it('w58: at private nothing, as where there is nothing', async () => {
    await setLevel('private');
    expect(await threadsOn(mia, mail.contactDocumentId)).toEqual([]);
    expect(await threadsOn(manager, mail.contactDocumentId)).toEqual([]);
    const missing = (path: string) => mia.refused('GET', `/email-connect${path}`);
    for (const path of [`/threads/${thread}`, `/threads/${thread}/access`, `/messages/${reply}`])
      expect(await missing(path)).toEqual(await missing(path.replace(/[a-z0-9]{24}/, 'nothing')));
    expect(await allFor(mail.admin)).toMatch(MORE);
  });

  it('w53: nobody answers, forwards or removes what they are not told, or decides about it', async () => {
    await setLevel('subject');
    const { contactDocumentId } = mail;
    const form = press({ contactDocumentId, to: cleo.address, subject: 'Re', answersDocumentId: reply });
    expect((await mia.refused('POST', '/email-connect/messages', form)).code).toBe('NOT_ALLOWED');
    expect((await mia.refused('DELETE', `/email-connect/messages/${reply}`)).code).toBe('NOT_ALLOWED');
    const mute = { state: 'muted' };
    expect((await mia.refused('POST', `/email-connect/threads/${thread}/state`, mute)).code).toBe(
      'NOT_ALLOWED'
    );
  });

  it('w65: a conversation can be stricter than its inbox', async () => {
    expect((await setThreadLevel('private')).status).toBe(200);
    expect(await threadsOn(mia, mail.contactDocumentId)).toEqual([]);
    await setThreadLevel(null);
    expect(await allFor(mia)).toMatch(MORE);
  });

  it('w65: so can one message, whose answer says who decides about it', async () => {
    const decides = async (caller: AdminClient) =>
      (await ask(at(caller), messageAccess, 'GET', `/messages/${reply}/access`)).decides;
    const setMessageLevel = (level: LevelAnswer | null, caller = mail.admin) =>
      caller.call('PUT', `/email-connect/messages/${reply}/level`, { level });
    expect(await decides(mail.admin)).toEqual({ chosen: null, otherwise: 'full' });
    expect(await decides(mia)).toBeNull();
    expect((await setMessageLevel('private', mia)).status).toBe(403);
    expect((await setMessageLevel('facts')).status).toBe(200);
    expect((await pageFor(mia)).map(({ level }) => level)).toEqual(['full', 'facts']);
    await setThreadLevel('subject');
    expect(await decides(mail.admin)).toEqual({ chosen: 'facts', otherwise: 'subject' });
    expect((await pageFor(mia)).map(({ level }) => level)).toEqual(['subject', 'facts']);
    await setThreadLevel(null);
    await setMessageLevel('private');
    expect((await pageFor(mia)).map(({ level }) => level)).toEqual(['full']);
    expect(await statusOf(mia, `/messages/${reply}/access`)).toBe(404);
    await setMessageLevel(null);
    expect((await pageFor(mia)).map(({ level }) => level)).toEqual(['full', 'full']);
  });

  it('only its owner decides', async () => {
    expect((await setLevel('full', manager)).status).toBe(403);
    expect((await setThreadLevel('full', mia)).status).toBe(403);
    await setLevel('private');
    expect((await setThreadLevel('full', mia)).status).toBe(404);
    expect((await setLevel('full', mia)).status).toBe(403);
  });
});

describe('w66: asking for more', () => {
  const asked = (caller: AdminClient) => ask(at(caller), accessRequests, 'GET', '/access-requests');
  const answer = (caller: AdminClient, id: number | undefined, said: 'granted' | 'refused') =>
    caller.call('POST', `/email-connect/access-requests/${id}`, { answer: said });
  const put = () => mia.call('POST', `/email-connect/threads/${thread}/access-requests`);

  it('opens the conversation once its owner says yes, and until they make it stricter', async () => {
    await setLevel('facts');
    expect((await put()).status).toBe(200);
    expect((await put()).status).toBe(200);
    const { requests } = await asked(mail.admin);
    expect(requests).toMatchObject([
      { userName: 'mia Admin', subject: SUBJECT, inboxAddress: 'uma@crm.test' },
    ]);
    expect(await asked(mia)).toEqual({ requests: [] });
    const [id] = requests.map((request) => request.id);
    for (const other of [mia, manager, compliance])
      expect((await answer(other, id, 'granted')).status).toBe(404);
    expect(await allFor(mia)).not.toMatch(MORE);

    expect((await answer(mail.admin, id, 'granted')).status).toBe(200);
    expect(await allFor(mia)).toMatch(MORE);
    expect(await ask(at(mia), threadAccess, 'GET', `/threads/${thread}/access`)).toMatchObject({
      tellsAll: true,
      because: 'record',
      asked: 'granted',
    });
    expect(await allFor(manager)).not.toMatch(MORE);
    expect((await answer(mail.admin, id, 'refused')).status).toBe(404);

    await setThreadLevel('facts');
    expect(await allFor(mia)).not.toMatch(MORE);
  });

  it('is told to the owner at once, the answer to whoever asked, and neither to anybody else', async () => {
    await setLevel('facts');
    const feed = async (caller: AdminClient, after: string) =>
      ask(at(caller), news, 'GET', `/news?after=${encodeURIComponent(after)}`);
    const everybody = [mail.admin, mia, manager];
    const cursors = await Promise.all(everybody.map(async (caller) => (await feed(caller, '')).cursor));
    const waiting = everybody.map((caller, i) => feed(caller, cursors[i] ?? ''));
    await put();
    const first = await waiting[0];
    expect(first?.items).toMatchObject([{ kind: 'access.asked', threadDocumentId: thread }]);
    const { requests } = await asked(mail.admin);
    await answer(mail.admin, requests[0]?.id, 'granted');
    expect((await waiting[1])?.items).toMatchObject([{ kind: 'access.answered', threadDocumentId: thread }]);
    expect((await waiting[2])?.items).toEqual([]);
    // So that nothing is granted any more.
    await setThreadLevel('facts');
  });

  it('asks nothing where there is nothing to ask', async () => {
    expect((await mia.refused('POST', `/email-connect/threads/${thread}/access-requests`)).code).toBe(
      'NOTHING_TO_ASK'
    );
    await setLevel('private');
    expect((await put()).status).toBe(404);
  });
});
