import type { Attachment, AttachmentPage } from '../../../shared/contracts/attachment';
import type { Page } from '../../../shared/contracts/contact-ref';
import type { Message, MessagePage, MessagePageRequest } from '../../../shared/contracts/message';
import type { Thread, ThreadPage } from '../../../shared/contracts/thread';
import type { SeenMessage, Sight, ThreadCarriers } from '../domain/access/sight';
import type { LinkedContact } from '../domain/outgoing/outgoing';

export interface ThreadRecords {
  /** The conversations with messages that stand on the record (S40), told by these messages alone. Newest first. */
  listOfContact(contact: LinkedContact, page: Page): Promise<ThreadPage>;
  /**
   * Told by the messages that the caller sees; `sight` is 'everything' unless given. null when there is no such thread,
   * or the caller sees none of its messages.
   */
  summary(threadDocumentId: string, sight?: Sight): Promise<Thread | null>;
  /**
   * The newest messages that the caller sees, or those before a place, oldest first; none for a missing thread. Loads
   * no whole body. Rejects with INPUT_INVALID for an invalid place.
   */
  page(threadDocumentId: string, request: MessagePageRequest, sight?: Sight): Promise<MessagePage>;
  /** One message with its whole content, whoever may see it; null when there is none. `sight` decides about its Bcc. */
  message(messageDocumentId: string, sight?: Sight): Promise<Message | null>;
  /** The records on which any message of it stands; empty when there is no such thread. */
  contactsOf(threadDocumentId: string): Promise<LinkedContact[]>;
}

/** What decides who sees which mail. */
export interface AccessRecords {
  /** null when there is no such thread. */
  people(threadDocumentId: string): Promise<ThreadCarriers | null>;
  /** null when there is no such message. */
  message(messageDocumentId: string): Promise<(SeenMessage & { threadDocumentId: string }) | null>;
  /** The inboxes of an admin user, disconnected ones too. */
  inboxesOf(ownerDocumentId: string): Promise<string[]>;
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

/** API tokens that read all content of the site: read-only and full-access ones. */
export interface SiteTokenRecords {
  /** Whether mail was logged while every such token read it. Decided at the first start that asks, and kept. */
  readBefore(): Promise<boolean>;
  /** How many there are that can be used now. */
  count(): Promise<number>;
}
