import { extractIds } from '../../domain/identification/extract-ids';
import { headerFields } from '../../domain/identification/header-fields';
import type { MessageId } from '../../domain/identification/message-id';
import { threadIndexRootOf } from '../../domain/identification/thread-index';
import type { MessageHeaders } from '../../domain/message/message';
import {
  decodedText,
  headerBlockText,
  ISO_2022_ESCAPE,
  onOneLine,
  decodeEscapes,
  repairHighBytes,
} from './header-text';
import { parseAddresses } from './parse-addresses';
import { parseDate, parseZone } from './parse-date';

const AUTO_REPLY_FIELDS = ['x-autoreply', 'x-autorespond', 'x-autoresponder'];
const ORIGINAL_ID_FIELDS = ['x-microsoft-original-message-id', 'x-google-original-message-id'];
/** Postfix, qmail and Exim write the first three fields, some web mailers the last. */
const DELIVERED_TO_FIELDS = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'];
/** A forwarding loop repeats these fields without end; the topmost ones count. */
const MOST_VALUES = 20;
const LONGEST_VALUE = 4_000;
const CHARSET = /;\s*charset\s*=\s*"?([\w.:-]+)/i;

/**
 * Raw header fields (RFC 5322 2.2) as `MessageHeaders`, each parsed when it is first asked for: most scanned mail is
 * strange by its ids alone, and its addresses, subject and date are never parsed. Never throws: a field that cannot
 * be parsed is empty. Of a field that may occur once the first counts, as mail programs show it; several To and Cc
 * fields are joined.
 */
export class ScannedHeaders implements MessageHeaders {
  private readonly fields: ReadonlyMap<string, readonly string[]>;
  private readonly isLatin1: boolean;
  private readonly isJis: boolean;
  private readonly bodyCharset: string;
  private readonly known: Partial<MessageHeaders> = {};

  constructor(headerBytes: Uint8Array) {
    const { raw, isLatin1 } = headerBlockText(headerBytes);
    this.fields = headerFields(raw);
    this.isLatin1 = isLatin1;
    this.isJis = ISO_2022_ESCAPE.test(raw);
    const contentType = this.fields.get('content-type')?.[0] ?? '';
    this.bodyCharset = isLatin1 || this.isJis ? (CHARSET.exec(contentType)?.[1] ?? '') : '';
  }

  get messageId(): MessageHeaders['messageId'] {
    return (this.known.messageId ??= this.ids('message-id')[0] ?? null);
  }

  get inReplyTo(): MessageHeaders['inReplyTo'] {
    return (this.known.inReplyTo ??= this.ids('in-reply-to'));
  }

  get references(): MessageHeaders['references'] {
    return (this.known.references ??= this.ids('references'));
  }

  get originalMessageIds(): MessageHeaders['originalMessageIds'] {
    return (this.known.originalMessageIds ??= ORIGINAL_ID_FIELDS.flatMap((name) => this.ids(name)));
  }

  get threadIndexRoot(): MessageHeaders['threadIndexRoot'] {
    if (!this.fields.has('thread-index')) return null;
    return (this.known.threadIndexRoot ??= threadIndexRootOf(this.first('thread-index')));
  }

  get from(): MessageHeaders['from'] {
    return (this.known.from ??= parseAddresses(this.all('from').slice(0, 1)));
  }

  get sender(): MessageHeaders['sender'] {
    return (this.known.sender ??= parseAddresses(this.all('sender').slice(0, 1)));
  }

  get replyTo(): MessageHeaders['replyTo'] {
    return (this.known.replyTo ??= parseAddresses(this.all('reply-to').slice(0, 1)));
  }

  get to(): MessageHeaders['to'] {
    return (this.known.to ??= parseAddresses(this.all('to')));
  }

  get cc(): MessageHeaders['cc'] {
    return (this.known.cc ??= parseAddresses(this.all('cc')));
  }

  get subject(): string {
    return (this.known.subject ??= decodedText(this.first('subject')));
  }

  get sentAt(): MessageHeaders['sentAt'] {
    return (this.known.sentAt ??= parseDate(this.first('date')));
  }

  get sentZone(): MessageHeaders['sentZone'] {
    return parseZone(this.first('date'));
  }

  get contentType(): string {
    return (this.known.contentType ??= lowerCaseType(this.rawFirst('content-type')));
  }

  get autoSubmitted(): string {
    return this.rawFirst('auto-submitted');
  }

  get precedence(): string {
    return this.rawFirst('precedence');
  }

  get listId(): string {
    return this.rawFirst('list-id');
  }

  get returnPath(): MessageHeaders['returnPath'] {
    return this.fields.has('return-path') ? this.rawFirst('return-path') : null;
  }

  get failedRecipients(): string {
    return onOneLine(this.all('x-failed-recipients').join(', ')).trim();
  }

  get autoReplyMarks(): string[] {
    return AUTO_REPLY_FIELDS.filter((name) => this.fields.has(name));
  }

  get deliveredTo(): string[] {
    return (this.known.deliveredTo ??= deliveredTo(
      DELIVERED_TO_FIELDS.flatMap((name) => bounded(this.all(name)))
    ));
  }

  private ids(name: string): MessageId[] {
    const values = this.fields.get(name);
    return values ? extractIds(values) : [];
  }

  private all(name: string): string[] {
    const values = this.fields.get(name) ?? [];
    return values.map((value) => this.repaired(value));
  }

  private repaired(value: string): string {
    if (this.isJis && ISO_2022_ESCAPE.test(value)) return decodeEscapes(value, this.bodyCharset);
    return this.isLatin1 ? repairHighBytes(value, this.bodyCharset) : value;
  }

  private first(name: string): string {
    return this.all(name)[0] ?? '';
  }

  private rawFirst(name: string): string {
    return this.fields.has(name) ? onOneLine(this.first(name)).trim() : '';
  }
}

const lowerCaseType = (value: string): string => {
  const end = value.indexOf(';');
  return end < 0 ? value.toLowerCase() : value.slice(0, end).toLowerCase() + value.slice(end);
};

const bounded = (values: readonly string[]): string[] =>
  values.slice(0, MOST_VALUES).map((value) => onOneLine(value).trim().slice(0, LONGEST_VALUE));

/** The addresses, each once, in the order written. Exim puts several on one line. */
const deliveredTo = (values: readonly string[]): string[] => {
  const addresses = parseAddresses(values).map(({ address }) => address);
  return [...new Set(addresses)].slice(0, MOST_VALUES);
};
