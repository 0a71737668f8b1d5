import type { Core } from '@strapi/strapi';
import type {
  ChooseFoldersRequest,
  ConnectInboxRequest,
  EditInboxRequest,
  InboxAnswer,
  InboxAction,
  InboxWithFolders,
  SeenInbox,
  SeenInboxPage,
} from '../../../shared/contracts/inbox';
import type { ConnectionTestRequest } from '../../../shared/contracts/connection-test';
import type { OutgoingList, OutgoingMail } from '../../../shared/contracts/outgoing';
import type { ChoosePolicyRequest } from '../../../shared/contracts/policy';
import { unreachable } from '../../../shared/unreachable';
import type { PluginConfig } from '../config';
import { isAtLeast } from '../domain/access/level';
import { toldOf } from '../domain/access/sight';
import type { Inbox } from '../domain/inbox/inbox';
import type { ConnectionStep, Ports } from '../ports';
import {
  checkInbox,
  choosePolicy,
  connectInbox,
  disconnectInbox,
  editInbox,
  pauseInbox,
  resumeInbox,
  testOnRecord,
  watchFolders,
} from '../use-cases/connecting';
import { requireInbox } from '../use-cases/inbox';
import { AtOnce } from '../use-cases/limits';
import type { ChosenFolders } from '../use-cases/connecting';
import { wiringOf } from '../wiring';
import { assertMayChange as assertMayChangeInbox } from './actor';
import type { Actor } from './actor';
import { inboxAnswer, inboxWithFolders, seenInbox, seenInboxPage } from './inbox-answer';

/** Connected mailboxes, for the admin panel and for other plugins. */
export const inboxes = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  /** To connect and to edit are tests as well. */
  const tests = new AtOnce();

  /** At once in this process; other processes hear of it by themselves. */
  const goOnWith = (inbox: Inbox): Inbox => {
    const { documentId, version, state } = inbox;
    wiringOf(strapi).supervisor.heed({ documentId, version, state, asked: 0 });
    return inbox;
  };

  const answer = (inbox: Inbox, actor: Actor) => inboxAnswer(ports(), inbox, actor);
  const withFolders = (inbox: Inbox, actor: Actor) => inboxWithFolders(ports(), inbox, actor);

  const assertMayChange = (documentId: string, actor: Actor): Promise<void> =>
    assertMayChangeInbox(ports(), documentId, actor, 'inbox.change');

  const assertMayTest = (documentId: string, actor: Actor): Promise<void> =>
    assertMayChangeInbox(ports(), documentId, actor, 'inbox.tested');

  return {
    async list(actor: Actor): Promise<SeenInbox[]> {
      return Promise.all((await ports().inboxes.list()).map((inbox) => seenInbox(ports(), inbox, actor)));
    },
    async read(documentId: string, actor: Actor): Promise<SeenInboxPage> {
      return seenInboxPage(ports(), await requireInbox(ports(), documentId), actor);
    },
    /**
     * Its mail that may not have gone out, or was refused: for the owner and users who manage all inboxes, else
     * NOT_ALLOWED. Managers are told the facts of what its owner shows to nobody: they mend the inbox.
     */
    async listOutgoing(documentId: string, actor: Actor): Promise<OutgoingList> {
      await assertMayChangeInbox(ports(), documentId, actor, 'outgoing.read');
      return { mails: await toldMails(ports(), await ports().outbox.listAttention(documentId), actor) };
    },
    /**
     * Calls `onStep` as steps end; resolves with the folders that would be watched, rejects with the first failure.
     * Ends when `signal` aborts, as `connect` and `edit` do.
     */
    async test(
      form: ConnectionTestRequest,
      actor: Actor,
      signal: AbortSignal,
      onStep: (step: ConnectionStep) => void
    ): Promise<ChosenFolders> {
      const { inboxDocumentId } = form;
      if (inboxDocumentId !== null) await assertMayTest(inboxDocumentId, actor);
      const inbox = inboxDocumentId === null ? null : await requireInbox(ports(), inboxDocumentId);
      const trier = { actor: actor.documentId, inbox };
      const test = () => testOnRecord(ports(), form, trier, signal, onStep);
      return (await tests.run(trier.actor, test)).chosen;
    },
    async connect(form: ConnectInboxRequest, actor: Actor, signal: AbortSignal): Promise<InboxAnswer> {
      const { levelOfNewInboxes } = strapi.config.get<PluginConfig>('plugin::email-connect');
      const owned = { ...form, level: form.level ?? levelOfNewInboxes, ownerDocumentId: actor.documentId };
      const inbox = await tests.run(actor.documentId, () => connectInbox(ports(), owned, signal));
      return answer(goOnWith(inbox), actor);
    },
    async edit(
      documentId: string,
      form: EditInboxRequest,
      actor: Actor,
      signal: AbortSignal
    ): Promise<InboxAnswer> {
      await assertMayChange(documentId, actor);
      const { documentId: by } = actor;
      const inbox = await tests.run(by, () => editInbox(ports(), documentId, form, by, signal));
      return answer(goOnWith(inbox), actor);
    },
    async chooseFolders(
      documentId: string,
      choice: ChooseFoldersRequest,
      actor: Actor
    ): Promise<InboxWithFolders> {
      await assertMayChange(documentId, actor);
      goOnWith(await watchFolders(ports(), documentId, choice));
      return withFolders(await requireInbox(ports(), documentId), actor);
    },
    async choosePolicy(
      documentId: string,
      choice: ChoosePolicyRequest,
      actor: Actor
    ): Promise<InboxWithFolders> {
      await assertMayChange(documentId, actor);
      goOnWith(await choosePolicy(ports(), documentId, choice, actor.documentId));
      return withFolders(await requireInbox(ports(), documentId), actor);
    },
    async act(documentId: string, action: InboxAction, actor: Actor): Promise<InboxAnswer> {
      await assertMayChange(documentId, actor);
      return answer(goOnWith(await apply(ports(), documentId, action, actor.documentId)), actor);
    },
  };
};

const toldMails = async (
  { access }: Pick<Ports, 'access'>,
  mails: readonly OutgoingMail[],
  { documentId }: Actor
): Promise<OutgoingMail[]> => {
  const sight = { inboxDocumentIds: await access.inboxesOf(documentId) };
  const ids = mails.map(({ messageDocumentId }) => messageDocumentId);
  const holdings = await access.holdings(ids, documentId);
  return mails.map((mail) => {
    const level = toldOf(sight, holdings.get(mail.messageDocumentId) ?? []);
    return {
      ...mail,
      subject: isAtLeast(level, 'subject') ? mail.subject : null,
      failureMessage: level === 'full' ? mail.failureMessage : '',
    };
  });
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
      return checkInbox(ports, documentId, actor);
    default:
      return unreachable(action);
  }
};
