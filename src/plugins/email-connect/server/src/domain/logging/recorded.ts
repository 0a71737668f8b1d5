import type { MessageId } from '../identification/message-id';
import { dedupIdentity, fingerprint } from '../message/dedup-identity';
import { handedOverIds } from './hand-off';
import { stayUnlogged } from './in-thread';
import type { Question } from './question';
import { decided, ignored, pointed } from './steps';
import type { Decision, KnownRecord } from './verdict';

/** The record that a message is a copy of. */
export interface Copied {
  messageDocumentId: string;
  threadDocumentId: string;
  /** Ids of this copy that are not known yet, and mean this message from now on. */
  aliases: MessageId[];
  header: string;
  value: string;
}

/**
 * A copy of a recorded message adds a location to its record, and perhaps an id (S14, S26); in an un-logged thread it
 * adds nothing.
 */
export const recorded = (question: Question): Decision | null => {
  const copied = isRemoved(question) ? null : copiedBy(question);
  if (!copied) return null;
  const { messageDocumentId, threadDocumentId, aliases, header, value } = copied;
  const thread = question.facts.threads.get(threadDocumentId);
  if (!thread || thread.state === 'unlogged') {
    const detail = 'It is a message of a known thread, which decides over itself.';
    return stayUnlogged(threadDocumentId, [pointed('recorded', { header, value, detail })]);
  }
  const because = { header, value, detail: 'This very message is recorded already.' };
  return decided('recorded', { kind: 'known', messageDocumentId, threadDocumentId, aliases }, because);
};

/** A message that a person removed is not logged again (S21), not even by hand. */
export const removed = (question: Question): Decision | null =>
  isRemoved(question)
    ? ignored('removed', 'removed', { detail: 'A person removed it for good: nothing brings it back.' })
    : null;

const isRemoved = ({ candidate, headers, facts, earlierIds }: Question): boolean =>
  facts.removed.size > 0 &&
  (facts.removed.has(dedupIdentity(headers, candidate.size)) ||
    earlierIds.some((id) => facts.removed.has(id)));

/**
 * By its id, by its id before a server replaced it (c37), by its content where it has no id (c31), or as our own mail
 * under a new id. Only the copy that the sending inbox filed teaches ids (S44): a colleague's copy may have them too,
 * but nothing tells it from a forged one.
 */
export const copiedBy = (question: Question): Copied | null => {
  const copy = byId(question) ?? byIdentity(question) ?? bySending(question);
  if (!copy) return null;
  const { record, header, value } = copy;
  const { messageDocumentId, threadDocumentId } = record;
  return { messageDocumentId, threadDocumentId, aliases: taughtBy(question, record), header, value };
};

const taughtBy = ({ candidate, context, facts }: Question, { inboxDocumentId }: KnownRecord): MessageId[] =>
  inboxDocumentId === context.inboxDocumentId
    ? handedOverIds(candidate, context).filter((id) => !facts.ids.has(id))
    : [];

/** A record, and the header field by which a mail is known for a copy of it. */
interface Copy {
  record: KnownRecord;
  header: string;
  value: string;
}

const byId = (question: Question): Copy | null => {
  const { headers, facts, earlierIds } = question;
  for (const id of [...(headers.messageId === null ? [] : [headers.messageId]), ...earlierIds]) {
    const known = facts.ids.get(id);
    if (!known?.copied || known.messageDocumentId === null) continue;
    // Broken senders and templates reuse an id: another mail with that id is not a copy (c32).
    if (known.copied.fingerprint !== fingerprint(headers)) continue;
    const { threadDocumentId, messageDocumentId, copied } = known;
    return {
      record: { threadDocumentId, messageDocumentId, inboxDocumentId: copied.inboxDocumentId },
      header: id === headers.messageId ? 'Message-ID' : 'X-Microsoft-Original-Message-ID',
      value: id,
    };
  }
  return null;
};

/** Teaches no id: whatever stands where one should be, broken programs write it into every mail. */
const byIdentity = ({ candidate, headers, facts }: Question): Copy | null => {
  if (facts.recorded.size === 0) return null;
  const record = facts.recorded.get(dedupIdentity(headers, candidate.size));
  return record ? { record: { ...record, inboxDocumentId: null }, header: '', value: '' } : null;
};

/**
 * Outlook, SES and others replace the Message-ID of mail they send, and keep the old one nowhere. A mail from us in
 * the thread of a sent mail, with the same date and subject, is that mail (c37).
 */
const bySending = (question: Question): Copy | null => {
  const { headers, facts } = question;
  if (facts.sent.size === 0 || question.direction !== 'outgoing') return null;
  const record = facts.sent.get(fingerprint(headers));
  if (!record || !citesThread(question, record.threadDocumentId)) return null;
  // A mail that cites the sent mail was written after it, even in the same second.
  if (citesMessage(question, record.messageDocumentId)) return null;
  return { record, header: 'Date', value: headers.sentAt ?? '' };
};

const citesThread = ({ headers, facts }: Question, threadDocumentId: string): boolean =>
  (headers.threadIndexRoot !== null &&
    facts.threadIndexRoots.get(headers.threadIndexRoot) === threadDocumentId) ||
  [...headers.references, ...headers.inReplyTo].some(
    (id) => facts.ids.get(id)?.threadDocumentId === threadDocumentId
  );

const citesMessage = ({ headers, facts }: Question, messageDocumentId: string): boolean =>
  [...headers.references, ...headers.inReplyTo].some(
    (id) => facts.ids.get(id)?.messageDocumentId === messageDocumentId
  );
