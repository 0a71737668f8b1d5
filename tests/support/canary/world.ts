import type { AdminName } from './people';
import type { Canary } from './words';

/** What others than its owners see of an inbox's mail; `docs/who-sees-what.md`, levels. */
export type Level = 'private' | 'facts' | 'subject' | 'full';

/** A mailbox as it stands in a header field. */
export interface Mailbox {
  address: string;
  displayName: string;
}

export interface WorldInbox {
  id: number;
  documentId: string;
  address: string;
  owner: AdminName;
  /** Who uses it besides its owner. */
  named: AdminName[];
  level: Level;
  /** Stands in what its server said, and in what waits in its quarantine. */
  words: Canary[];
}

/** A rule that says how much others are told of mail that it met, or keeps mail out (w77, w78). */
export interface WorldRule {
  id: number;
  documentId: string;
  /** Now: it may have been another one when it met mail. */
  action: Exclude<Level, 'full'> | 'never_log';
  /** null: for all. */
  inbox: WorldInbox | null;
  /** 'gone': it was deleted. */
  state: 'active' | 'off' | 'gone';
}

export interface WorldRecord {
  contactType: string;
  documentId: string;
  name: Canary;
  addresses: { address: string; counts: boolean }[];
  versions: { id: number; locale: 'en' | 'de' | null; isPublished: boolean }[];
  creator: AdminName | null;
}

export interface WorldFile {
  id: number;
  documentId: string;
  name: Canary;
  content: Canary;
  /** Images within the text are listed nowhere (S29). */
  isInline: boolean;
  isStored: boolean;
}

export interface WorldMessage {
  id: number;
  documentId: string;
  direction: 'incoming' | 'outgoing';
  /** The inbox that sent or recorded it. */
  inbox: WorldInbox | null;
  /** Inboxes that found a copy of what another one recorded. */
  copies: WorldInbox[];
  /** Those of them whose copy was compared, and is a true one. */
  trueCopies: WorldInbox[];
  /** It waits to be sent, or was refused. */
  isUnsent: boolean;
  from: Mailbox;
  to: Mailbox[];
  cc: Mailbox[];
  bcc: Mailbox[];
  /** Addresses of the message that it answers for somebody new. */
  answered: string[];
  /** Records on which it stands without an address of theirs: it was written from there, or answers such a mail. */
  records: WorldRecord[];
  /** Rules that met it when it was logged. */
  met: WorldRule[];
  subject: Canary;
  /** Stands in the first words of its text. */
  preview: Canary;
  /** Stands where no preview reaches. */
  text: Canary;
  html: Canary;
  /** Stands in its Message-ID, in the evidence for it, and in why it was not sent. */
  marks: { messageId: Canary; evidence: Canary; failure: Canary };
  files: WorldFile[];
  receivedAt: Date;
}

/** Somebody asked an inbox's owner to see more of a conversation. */
export interface WorldQuestion {
  id: number;
  who: AdminName;
  inbox: WorldInbox;
  state: 'open' | 'granted' | 'refused';
}

export interface WorldThread {
  id: number;
  documentId: string;
  inbox: WorldInbox | null;
  /** What owners chose beside the levels of their inboxes, for one message or (null) for all; only stricter ones count. */
  chosen: { inbox: WorldInbox; level: Level; message: WorldMessage | null }[];
  /** At most one of each user for each inbox. */
  questions: WorldQuestion[];
  /** Oldest first; none: it is un-logged. */
  messages: WorldMessage[];
  subject: Canary;
}

export interface World {
  number: number;
  inboxes: WorldInbox[];
  records: WorldRecord[];
  rules: WorldRule[];
  threads: WorldThread[];
}

export const messagesOf = (world: World): WorldMessage[] => world.threads.flatMap(({ messages }) => messages);

export const threadOf = (world: World, message: WorldMessage): WorldThread => {
  const thread = world.threads.find(({ messages }) => messages.includes(message));
  if (!thread) throw new Error('The message is in no conversation of this world.');
  return thread;
};

export const filesOf = (world: World): WorldFile[] => messagesOf(world).flatMap(({ files }) => files);

/** Everybody that a header field names. */
export const onMail = ({
  from,
  to,
  cc,
  bcc,
}: Pick<WorldMessage, 'from' | 'to' | 'cc' | 'bcc'>): Mailbox[] => [from, ...to, ...cc, ...bcc];
