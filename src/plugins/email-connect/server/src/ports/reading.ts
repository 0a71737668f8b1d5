import type { Attachment, AttachmentPage } from '../../../shared/contracts/attachment';
import type { Page } from '../../../shared/contracts/contact-ref';
import type { Message, MessagePage, MessagePageRequest } from '../../../shared/contracts/message';
import type { Thread, ThreadPage } from '../../../shared/contracts/thread';
import type { LinkedContact } from '../domain/outgoing/outgoing';

export interface ThreadRecords {
  /** Newest first. */
  listOfContact(contact: LinkedContact, page: Page): Promise<ThreadPage>;
  /** null when there is none. */
  summary(threadDocumentId: string): Promise<Thread | null>;
  /**
   * The newest messages, or those before a place, oldest first; none for a missing thread. Loads no whole body.
   * Rejects with INPUT_INVALID for an invalid place.
   */
  page(threadDocumentId: string, request: MessagePageRequest): Promise<MessagePage>;
  /** One message with its whole content; null when there is none. */
  message(messageDocumentId: string): Promise<Message | null>;
  /** The contacts whose conversation it is; empty when there is no such thread. */
  contactsOf(threadDocumentId: string): Promise<LinkedContact[]>;
}

export interface AttachmentRecords {
  load(attachmentDocumentId: string): Promise<(Attachment & { storageKey: string | null }) | null>;
  /** Files of the contact's logged mail, newest first; inline images are not listed (S29). */
  listOfContact(contact: LinkedContact, page: Page): Promise<AttachmentPage>;
}

export interface ContactRecords {
  /** Name and addresses of a record of any configured contact type; null when there is none. */
  load(contact: LinkedContact): Promise<{ name: string; addresses: string[] } | null>;
  /** Contacts with any of these normalised addresses. */
  findByAddresses(addresses: readonly string[]): Promise<Map<string, LinkedContact[]>>;
  /**
   * The contacts that stand on a thread once a mail is in it: those that stand there, those of the thread that it
   * continues, and those with an address of the mail that is not the team's (P8). Only records that are there.
   */
  standingOn(mail: {
    threadDocumentId: string;
    continuesDocumentId: string | null;
    participants: readonly string[];
  }): Promise<LinkedContact[]>;
  /** Updates the address index for one record; a missing record has no addresses. */
  index(contact: LinkedContact): Promise<void>;
  /** Rebuilds the index of every contact type that has none yet. */
  rebuildIndex(): Promise<void>;
}

export interface Audit {
  record(entry: {
    action: string;
    actor: string;
    subject: string;
    outcome: 'ok' | 'refused';
    facts: Record<string, string>;
  }): Promise<void>;
}
