import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { Message, MessageSummary, SendMessageRequest } from '../../../../shared/contracts/message';
import type { Settings } from '../../../../shared/contracts/settings';
import { leastMailSize } from '../../../../shared/text/mail-size';
import { htmlFromText } from './html-from-text';

/** The content of the composer; recipients as they were typed. */
export interface ComposeDraft {
  to: string;
  cc: string;
  bcc: string;
  subject: string;
  text: string;
}

export type ComposeField = keyof ComposeDraft;

/** The field to focus: the first empty one that everybody fills in, else the text. */
export const firstToFill = (draft: ComposeDraft): ComposeField =>
  (['to', 'subject'] as const).find((field) => draft[field].trim() === '') ?? 'text';

export const draftTo = (addresses: readonly string[]): ComposeDraft => ({
  to: addresses[0] ?? '',
  cc: '',
  bcc: '',
  subject: '',
  text: '',
});

/** The addresses in a typed list; a display name in front of <address> is left out. */
export const splitAddresses = (typed: string): string[] =>
  (typed.match(/(?:"[^"]*"|[^,;\n"])+/g) ?? [])
    .map((part) => (/<([^<>]*)>\s*$/.exec(part)?.[1] ?? part).trim())
    .filter((address) => address !== '');

const replyPrefix = /^\s*(re|aw|antw|sv|vs|odp|ref)\s*(\[\d+\])?\s*:/i;

const replySubject = (subject: string): string => (replyPrefix.test(subject) ? subject : `Re: ${subject}`);

const without = (addresses: string[], excluded: readonly string[]): string[] => {
  const seen = new Set(excluded.map((address) => address.toLowerCase()));
  return addresses.filter((address) => {
    const key = address.toLowerCase();
    return !seen.has(key) && seen.add(key) !== undefined;
  });
};

/**
 * A reply to a message, to its author or, with `toAll`, to everybody on it except the user. A reply to the user's own
 * message goes to its recipients again.
 */
export const replyTo = (message: MessageSummary, ownAddress: string, toAll: boolean): ComposeDraft => {
  const to = message.direction === 'incoming' ? [message.from] : message.to;
  const others = message.direction === 'incoming' ? [...message.to, ...message.cc] : message.cc;
  const toAddresses = to.map(({ address }) => address);
  const cc = without(
    others.map(({ address }) => address),
    [...toAddresses, ownAddress]
  );
  return {
    to: toAddresses.join(', '),
    cc: toAll ? cc.join(', ') : '',
    bcc: '',
    subject: replySubject(message.subject ?? ''),
    text: '',
  };
};

const listOf = (addresses: Message['to']): string => addresses.map(({ address }) => address).join(', ');

/** The text and recipients of a mail that did not go out, to be sent anew. Its files are not included. */
export const draftAgain = ({ to, cc, bcc, subject, text }: Message): ComposeDraft => ({
  to: listOf(to),
  cc: listOf(cc),
  bcc: listOf(bcc),
  subject: subject ?? '',
  text,
});

/** The inbox to begin with: that of the conversation, if the user may send from it. */
export const firstSender = (
  senders: Settings['sendingInboxes'],
  ofConversation: string | null
): Settings['sendingInboxes'][number] | undefined =>
  senders.find(({ documentId }) => documentId === ofConversation) ?? senders[0];

export type ComposeFault = 'to' | 'cc' | 'bcc' | 'text' | 'files';

const areAddresses = (typed: string): boolean =>
  splitAddresses(typed).every((address) => /^[^@\s]+@[^@\s]+$/.test(address));

/** The fields that keep a draft from being sent. */
export const composeFaults = (
  draft: ComposeDraft,
  files: readonly { size: number }[],
  limitBytes: number
): ComposeFault[] => [
  ...(splitAddresses(draft.to).length > 0 && areAddresses(draft.to) ? [] : ['to' as const]),
  ...(['cc', 'bcc'] as const).filter((field) => !areAddresses(draft[field])),
  ...(draft.text.trim() === '' && files.length === 0 ? ['text' as const] : []),
  ...(isTooLarge(draft.text, files, limitBytes) ? ['files' as const] : []),
];

const isTooLarge = (text: string, files: readonly { size: number }[], limitBytes: number): boolean =>
  files.length > 0 && leastMailSize({ text, html: htmlFromText(text), files }) > limitBytes;

/** A mail as it is written, without the key of the press. */
export type ComposedRequest = Omit<SendMessageRequest, 'key'>;

export const toSendRequest = (
  draft: ComposeDraft,
  contact: ContactRef,
  answersDocumentId: string | null,
  inboxDocumentId: string
): ComposedRequest => ({
  contact,
  inboxDocumentId,
  answersDocumentId,
  to: splitAddresses(draft.to),
  cc: splitAddresses(draft.cc),
  bcc: splitAddresses(draft.bcc),
  subject: draft.subject.trim(),
  text: draft.text,
  html: htmlFromText(draft.text),
});
