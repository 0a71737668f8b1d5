import type { Core } from '@strapi/strapi';
import type { ContactRef, Page } from '../../../shared/contracts/contact-ref';
import type { DeletionChoice, DeletionQuestion } from '../../../shared/contracts/deletion';
import type { ThreadPage } from '../../../shared/contracts/thread';
import type { PluginConfig } from '../config';
import { recordsOf, sees, sightOf, toldOf } from '../domain/access/sight';
import { EmailConnectError } from '../domain/errors';
import type { LeavingMail } from '../ports';
import { chooseLeft, takeLeave } from '../use-cases/leaving';
import type { Leave } from '../use-cases/leaving';
import { wiringOf } from '../wiring';
import { access } from './access';
import { callerOf, everyCarrier } from './mail-reader';
import type { MailReader } from './mail-reader';
import { contactOffers } from './contact-offers';
import { permissionChecker } from './permission-checker';

/** A person chooses in the dialog in which they delete the record. */
const CHOICE_MS = 10 * 60_000;

/** What becomes of a contact's mail when its record is deleted, and mail without a contact (S45). */
export const leaving = ({ strapi }: { strapi: Core.Strapi }) => {
  const ports = () => wiringOf(strapi).ports;
  const otherwise = () => strapi.config.get<PluginConfig>('plugin::email-connect').whenContactDeleted;

  /** Those of the messages that stand on no other record of which they are told all: they decide about no others. */
  const seenAlone = async ({ alone, people }: LeavingMail, reader: MailReader): Promise<string[]> => {
    const sight = sightOf(people, await callerOf(ports(), reader, recordsOf(people, everyCarrier)));
    return alone
      .filter((message) => sees(sight, message) && toldOf(sight, message.holdings) === 'full')
      .map(({ documentId }) => documentId);
  };

  return {
    /** Rejects with NOT_FOUND or NOT_ALLOWED unless they may read the record, and delete records of its type. */
    async assertMayDecide({ userAbility }: MailReader, contact: ContactRef): Promise<void> {
      await access({ strapi }).assertMayReadContact(userAbility, contact);
      if (permissionChecker(strapi, userAbility, contact.contactType).can.delete()) return;
      throw new EmailConnectError(
        'NOT_ALLOWED',
        'You may not delete this contact.',
        'Ask somebody who may delete it.'
      );
    },
    async ask(contact: ContactRef, reader: MailReader): Promise<DeletionQuestion> {
      const mail = await ports().leaving.mailOn(contact);
      return {
        messages: (await seenAlone(mail, reader)).length,
        otherwise: otherwise(),
        contactTypes: contactOffers(strapi, reader.userAbility),
      };
    },
    /** For when this reader deletes the record right afterwards. Rejects with NOT_FOUND or INPUT_INVALID. */
    async choose(contact: ContactRef, left: DeletionChoice, reader: MailReader): Promise<void> {
      if (left.kind === 'hand-over')
        await access({ strapi }).assertMayReadContact(reader.userAbility, left.to);
      await chooseLeft(ports(), { contact, left, chosenBy: reader.documentId });
    },
    /**
     * Before the deletion; null: no mail stands on the record. `writer`: null for a program. Rejects with NOT_FOUND
     * where its mail is to go to a record that is gone.
     */
    async foresee(contact: ContactRef, writer: MailReader | null): Promise<Leave | null> {
      const mail = await ports().leaving.mailOn(contact);
      if (mail.threads.length === 0) return null;
      const of = { contact, actor: writer?.documentId ?? '', threads: mail.threads };
      const chosen = writer && (await ports().leaving.takeChoice(contact, writer.documentId, CHOICE_MS));
      if (!writer || !chosen) {
        // All of them: in bulk the records on which they stand go one after another, and the last one erases.
        return { ...of, left: { kind: otherwise() }, messages: mail.messages };
      }
      if (chosen.kind === 'hand-over')
        await access({ strapi }).assertMayReadContact(writer.userAbility, chosen.to);
      return { ...of, left: chosen, messages: await seenAlone(mail, writer) };
    },
    /** Before anything is read or written in the transaction of the deletion. */
    hold: ({ threads }: Leave): Promise<void> => ports().leaving.lock(threads),
    /** After it, in the same transaction. */
    take: (leave: Leave): Promise<void> => takeLeave(ports(), leave),
    /** Mail that stands on no record: of all inboxes for whoever manages them, of their own for everybody else. */
    listUnassigned: async (page: Page, reader: MailReader): Promise<ThreadPage> =>
      ports().leaving.unassigned(page, {
        managesAll: reader.managesAll,
        inboxDocumentIds: await ports().access.inboxesOf(reader.documentId),
        userDocumentId: reader.documentId,
      }),
  };
};
