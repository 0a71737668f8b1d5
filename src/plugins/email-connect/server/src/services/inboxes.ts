import type { Core } from '@strapi/strapi';
import type {
  ChooseFoldersRequest,
  ConnectInboxRequest,
  EditInboxRequest,
  Inbox as InboxAnswer,
  InboxAction,
  InboxWithFolders,
} from '../../../shared/contracts/inbox';
import type { ConnectionTestRequest } from '../../../shared/contracts/connection-test';
import { EmailConnectError } from '../domain/errors';
import type { Inbox } from '../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../ports';
import { disconnectInbox, pauseInbox, resumeInbox } from '../use-cases/change-inbox-state';
import { connectInbox } from '../use-cases/connect-inbox';
import { editInbox, withStoredPasswords } from '../use-cases/edit-inbox';
import { requireInbox } from '../use-cases/require-inbox';
import { testConnection } from '../use-cases/test-connection';
import type { ChosenFolders } from '../use-cases/test-connection';
import { watchFolders } from '../use-cases/watch-folders';
import { wiringOf } from '../wiring';
import { inboxAnswer } from './inbox-answer';

/** The admin user who asks: only owners, and those who manage everybody's inboxes, change one (S37). */
export interface Actor {
  documentId: string;
  managesAll: boolean;
}

/** Connected mailboxes, for the admin panel and for other plugins. */
export const inboxes = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  const supervisor = () => wiringOf(strapi).supervisor;

  const answer = (inbox: Inbox, actor: Actor) => inboxAnswer(ports(), inbox, actor.documentId);

  const withFolders = async (documentId: string, actor: Actor): Promise<InboxWithFolders> => ({
    ...(await answer(await requireInbox(ports(), documentId), actor)),
    folders: (await ports().folders.list(documentId)).map(({ cursor: _, ...folder }) => folder),
  });

  const assertMayChange = async (documentId: string, actor: Actor): Promise<void> => {
    const inbox = await requireInbox(ports(), documentId);
    if (inbox.ownerDocumentId === actor.documentId || actor.managesAll) return;
    await ports().audit.record({
      action: 'inbox.change',
      actor: actor.documentId,
      subject: documentId,
      outcome: 'refused',
      facts: {},
    });
    throw new EmailConnectError(
      'NOT_ALLOWED',
      'This inbox belongs to someone else.',
      'Ask its owner or an administrator to change it.'
    );
  };

  return {
    async list(actor: Actor): Promise<InboxAnswer[]> {
      return Promise.all((await ports().inboxes.list()).map((inbox) => answer(inbox, actor)));
    },
    read: withFolders,
    /** Steps go to `onStep` as they end; resolves with the folders that would be watched, rejects with the first failure. */
    async test(
      form: ConnectionTestRequest,
      actor: Actor,
      onStep: (step: ConnectionStep) => void
    ): Promise<ChosenFolders> {
      if (form.inboxDocumentId === null) return testConnection(ports(), form, onStep);
      await assertMayChange(form.inboxDocumentId, actor);
      return testConnection(ports(), await withStoredPasswords(ports(), form.inboxDocumentId, form), onStep);
    },
    async connect(form: ConnectInboxRequest, actor: Actor): Promise<InboxAnswer> {
      const inbox = await connectInbox(ports(), { ...form, ownerDocumentId: actor.documentId });
      await supervisor().tick();
      return answer(inbox, actor);
    },
    async edit(documentId: string, form: EditInboxRequest, actor: Actor): Promise<InboxAnswer> {
      await assertMayChange(documentId, actor);
      const inbox = await editInbox(ports(), documentId, form, actor.documentId);
      await supervisor().restart(documentId);
      return answer(inbox, actor);
    },
    async chooseFolders(
      documentId: string,
      choice: ChooseFoldersRequest,
      actor: Actor
    ): Promise<InboxWithFolders> {
      await assertMayChange(documentId, actor);
      await watchFolders(ports(), documentId, choice);
      await supervisor().restart(documentId);
      return withFolders(documentId, actor);
    },
    async act(documentId: string, action: InboxAction, actor: Actor): Promise<InboxAnswer> {
      await assertMayChange(documentId, actor);
      const inbox = await apply(ports(), documentId, action, actor.documentId);
      if (action !== 'sync') await supervisor().restart(documentId);
      return answer(inbox, actor);
    },
  };
};

const apply = (ports: Ports, documentId: string, action: InboxAction, actor: string): Promise<Inbox> => {
  switch (action) {
    case 'pause':
      return pauseInbox(ports, documentId, actor);
    case 'resume':
      return resumeInbox(ports, documentId, actor);
    case 'disconnect':
      return disconnectInbox(ports, documentId, actor);
    case 'sync':
      ports.wakeups.wake(documentId);
      return requireInbox(ports, documentId);
    default:
      return action satisfies never;
  }
};
