import { contentApiRoutes } from '../../src/plugins/email-connect/server/src/routes/content-api';
import type { LevelAnswer } from '../../src/plugins/email-connect/shared/contracts/level';
import { messagePage } from '../../src/plugins/email-connect/shared/contracts/message';
import { adminClient } from './admin-client';
import type { AdminClient } from './admin-client';
import { addAdminUser } from './admin-user';
import { contentApi } from './content-api';
import type { ContentApi } from './content-api';
import { contactType, onContacts, ours } from './mail-as';
import { startMailScene } from './mail-scene';
import type { MailScene } from './mail-scene';
import { ask } from './unlogged-scene';

export const SUBJECT = 'subject-4711';
export const WORDS = 'words-4712';
export const FILE = 'file-4713.pdf';
/** What tells more than when, with whom and which way. */
export const MORE = new RegExp(`${SUBJECT}|${WORDS}|${FILE}`, 'i');

/** A conversation in Uma's inbox, and others who come by a contact or by a token. */
export interface LevelScene {
  mail: MailScene;
  /** Reads all contacts. */
  mia: AdminClient;
  manager: AdminClient;
  compliance: AdminClient;
  /** Holds every scope but those of the override. */
  program: ContentApi;
  auditor: ContentApi;
  /** documentIds: of the conversation, and of what answered in it. */
  thread: string;
  reply: string;
  file: string;
  /** The contact, as our routes name it. */
  record: string;
  setLevel(level: LevelAnswer, caller?: AdminClient): Promise<Response>;
  setThreadLevel(level: LevelAnswer | null, caller?: AdminClient): Promise<Response>;
  pageFor(caller: AdminClient, query?: string): ReturnType<typeof pageOf>;
}

const pageOf = async (admin: AdminClient, thread: string, query: string) =>
  (await ask({ admin }, messagePage, 'GET', `/threads/${thread}/messages${query}`)).messages;

export const startLevelScene = async (): Promise<LevelScene> => {
  const mail = await startMailScene();
  const { url, admin } = mail.scene.strapi;
  const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) =>
    adminClient(url, await addAdminUser(admin, name, actions));
  const reads = [
    ...ours('threads.read', 'threads.manage', 'messages.send', 'inboxes.connect'),
    onContacts('read'),
  ];
  const permissions = contentApiRoutes().routes.map(({ handler }) => `plugin::email-connect.${handler}`);
  const everyday = permissions.filter((scope) => !scope.includes('.override-'));
  const token = async (scopes: string[]) =>
    contentApi(url, await admin.apiToken({ type: 'custom', permissions: scopes }));
  const { threadDocumentId: thread } = await mail.send(SUBJECT);
  const attachments = [{ filename: FILE, content: 'bytes' }];
  mail.deliver(await mail.replyTo(SUBJECT, { text: WORDS, attachments }));
  const { messages } = await mail.waitForMessages(thread, 2);
  return {
    mail,
    mia: await client('mia', reads),
    manager: await client('manager', [...reads, ...ours('inboxes.manage')]),
    compliance: await client('compliance', [...reads, ...ours('threads.override')]),
    program: await token(everyday),
    auditor: await token(permissions),
    thread,
    reply: messages[1]?.documentId ?? '',
    file: messages[1]?.attachments[0]?.documentId ?? '',
    record: `/records/${contactType}/${mail.contactDocumentId}`,
    setLevel: (level, caller = mail.admin) =>
      caller.call('PUT', `/email-connect/inboxes/${mail.inboxDocumentId}/level`, { level }),
    setThreadLevel: (level, caller = mail.admin) =>
      caller.call('PUT', `/email-connect/threads/${thread}/level`, { level }),
    pageFor: (caller, query = '') => pageOf(caller, thread, query),
  };
};
