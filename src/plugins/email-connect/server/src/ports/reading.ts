import type { Attachment, AttachmentPage } from '../../../shared/contracts/attachment';
import type { Page } from '../../../shared/contracts/contact-ref';
import type { Message, MessagePage, MessagePageRequest } from '../../../shared/contracts/message';
import type { Thread, ThreadPage } from '../../../shared/contracts/thread';
import type { UnconfirmedAddressPage } from '../../../shared/contracts/unconfirmed-address';
import type { AddressFacts } from '../domain/access/counting';
import type { RecordReader, SeenHolding, SeenMessage, Sight, ThreadCarriers } from '../domain/access/sight';
import type { TeamFacts } from '../domain/inbox/team-address';
import type { LinkedContact } from '../domain/outgoing/outgoing';

export interface ThreadRecords {
  /**
   * The conversations with messages that stand on the record (S40), told by these messages alone, as far as the reader
   * is told of them; `reader` is a program unless given. Newest first.
   */
  listOfContact(contact: LinkedContact, page: Page, reader?: RecordReader): Promise<ThreadPage>;
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
  /** One message with what this sight shows of it, which is not asked whether it shows it at all; null: there is none. */
  message(messageDocumentId: string, sight?: Sight): Promise<Message | null>;
  /** The conversations that split off from this one, newest first, 20 at most, whoever may see them. */
  continuing(threadDocumentId: string): Promise<string[]>;
  /** The records on which a message stands; empty when there is no such message. */
  contactsOf(messageDocumentId: string): Promise<LinkedContact[]>;
}

/** What decides who sees which mail. */
export interface AccessRecords {
  /** null when there is no such thread. */
  people(threadDocumentId: string): Promise<ThreadCarriers | null>;
  /** As it counts for this admin user, '' for nobody in particular; null when there is no such message. */
  message(
    messageDocumentId: string,
    userDocumentId: string
  ): Promise<(SeenMessage & { threadDocumentId: string }) | null>;
  /** The inboxes that have to do with each of these messages, the same way; none for one that is gone. */
  holdings(
    messageDocumentIds: readonly string[],
    userDocumentId: string
  ): Promise<Map<string, SeenHolding[]>>;
  /** The inboxes that an admin user owns, or on which they are named, disconnected ones too. */
  inboxesOf(userDocumentId: string): Promise<string[]>;
  /** Those of these records that an admin user may read. `userAbility`: what Strapi lets them do. */
  readable(userAbility: unknown, records: readonly LinkedContact[]): Promise<LinkedContact[]>;
  /** Whether an admin user may read every record of every type of contacts. */
  readsAllRecords(userAbility: unknown): Promise<boolean>;
}

export interface AttachmentRecords {
  load(attachmentDocumentId: string): Promise<(Attachment & { storageKey: string | null }) | null>;
  /** Files of the contact's logged mail, newest first; inline images are not listed (S29). */
  listOfContact(contact: LinkedContact, page: Page, reader?: RecordReader): Promise<AttachmentPage>;
}

export interface ContactRecords {
  /** Name and addresses of a record of any configured contact type; null when there is none. */
  load(contact: LinkedContact): Promise<{ name: string; addresses: string[] } | null>;
  /**
   * Updates the address index for one record; a missing record has no addresses. An address that was not on it before
   * counts there if `mayVouch` says so of it, normalised (S41).
   */
  index(contact: LinkedContact, mayVouch: (address: string) => Promise<boolean>): Promise<void>;
  /** What a normalised address opens that is written into a record, as it counts for this admin user ('': a program). */
  openedBy(address: string, userDocumentId: string): Promise<AddressFacts>;
  /** What decides whether the address of an inbox counts as the team's. */
  teamFacts(address: string): Promise<TeamFacts>;
  /** The addresses of the record that do not count on it. */
  unconfirmed(contact: LinkedContact): Promise<string[]>;
  /** All such addresses of the site, in the order in which they were written. */
  unconfirmedPage(page: Page): Promise<UnconfirmedAddressPage>;
  /** From now on the address counts on the record. false when the record does not carry it. */
  confirm(contact: LinkedContact, address: string): Promise<boolean>;
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
