import type { Core } from '@strapi/strapi';
import type { LinkedContact } from '../domain/outgoing/outgoing';
import { EmailConnectError } from '../domain/errors';
import type { PluginConfig } from '../config';
import { wiringOf } from '../wiring';
import { mayChange } from './actor';
import type { Actor } from './actor';
import { permissionChecker } from './permission-checker';

/** Who may see which mail: users who may read the contact that it belongs to (S32). */
export const access = ({ strapi }: { strapi: Core.Strapi }) => {
  const mayRead = async (
    userAbility: unknown,
    { contactType, documentId }: LinkedContact
  ): Promise<boolean> => {
    const known = strapi.config
      .get<PluginConfig>('plugin::email-connect')
      .contactTypes.some(({ uid }) => uid === contactType);
    if (!known) return false;
    const model = strapi.contentType(contactType as Parameters<typeof strapi.contentType>[0]);
    if (!model) return false;
    const record = await strapi.db.query(model.uid).findOne({
      where: { documentId },
      populate: { createdBy: { populate: ['roles'] } },
    });
    return record !== null && permissionChecker(strapi, userAbility, model.uid).can.read(record);
  };

  const hidden = () =>
    new EmailConnectError(
      'NOT_FOUND',
      'There is nothing here that you may see.',
      'Ask for permission to read the contact, or go back.'
    );

  const mayReadThread = async (userAbility: unknown, threadDocumentId: string): Promise<boolean> => {
    for (const contact of await wiringOf(strapi).ports.threads.contactsOf(threadDocumentId)) {
      if (await mayRead(userAbility, contact)) return true;
    }
    return false;
  };

  const assertMayReadThread = async (userAbility: unknown, threadDocumentId: string): Promise<void> => {
    if (!(await mayReadThread(userAbility, threadDocumentId))) throw hidden();
  };

  /** An emptied thread belongs to no contact any more; a user who may change its inbox may have it logged again. */
  const isEmptyOf = async (threadDocumentId: string, actor: Actor): Promise<boolean> => {
    const { ports } = wiringOf(strapi);
    const thread = await ports.threads.summary(threadDocumentId);
    if (!thread || thread.messageCount > 0 || thread.contacts.length > 0) return false;
    const inbox = await ports.inboxes.load(thread.inboxDocumentId);
    return inbox !== null && mayChange(inbox, actor);
  };

  return {
    mayRead,
    /** NOT_FOUND unless this admin user may read the record: the answer does not tell whether it exists. */
    async assertMayReadContact(userAbility: unknown, contact: LinkedContact): Promise<void> {
      if (!(await mayRead(userAbility, contact))) throw hidden();
    },
    /** NOT_FOUND unless the thread belongs to a contact that this admin user may read. */
    assertMayReadThread,
    /** The same, or the thread was emptied and the actor may change its inbox, so that un-logging can be undone. */
    async assertMayReopenThread(userAbility: unknown, threadDocumentId: string, actor: Actor): Promise<void> {
      if (await mayReadThread(userAbility, threadDocumentId)) return;
      if (!(await isEmptyOf(threadDocumentId, actor))) throw hidden();
    },
    /** NOT_FOUND unless the message belongs to such a thread. */
    async assertMayReadMessage(userAbility: unknown, messageDocumentId: string): Promise<void> {
      const answered = await wiringOf(strapi).ports.outbox.loadAnswered(messageDocumentId);
      if (!answered) throw hidden();
      await assertMayReadThread(userAbility, answered.threadDocumentId);
    },
    /** Records in the audit who was refused which action, and where (S37). `check`: one of the checks above. */
    async orOnRecord(
      attempt: { action: string; actor: string; subject: string },
      check: Promise<void>
    ): Promise<void> {
      try {
        await check;
      } catch (error) {
        await wiringOf(strapi).ports.audit.record({ ...attempt, outcome: 'refused', facts: {} });
        throw error;
      }
    },
  };
};
