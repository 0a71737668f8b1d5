import type { Arguments } from './arguments';
import { decodeHeaderText } from './encoded-words';
import { readFlag } from './flags';
import type { StoredMessage } from './folder';
import { bodyOffset, headerFields } from './header-fields';
import { bad, no } from './imap-refusal';
import { parseDay } from './imap-text';
import { isSequenceSet, parseSequenceSet, resolveStar } from './sequence-set';
import type { SequenceSet } from './sequence-set';

/** The values that `*` stands for in a search. */
export interface SearchScope {
  exists: number;
  lastUid: number;
}

/** Whether a message with this sequence number matches. */
export type SearchKey = (message: StoredMessage, number: number) => boolean;

type ReadKey = (args: Arguments, scope: SearchScope, depth: number) => SearchKey;

const DAY_MS = 86_400_000;
const MAX_DEPTH = 30;

/** All keys of a SEARCH, joined by AND (RFC 3501 section 6.4.4). Throws BAD on unknown keys. */
export const parseSearch = (args: Arguments, scope: SearchScope): SearchKey => {
  if (args.skipWord('CHARSET')) {
    const charset = args.astring().toUpperCase();
    if (charset !== 'UTF-8' && charset !== 'US-ASCII')
      throw no('[BADCHARSET (UTF-8 US-ASCII)] Unknown charset');
  }
  return parseAll(args, scope, 0);
};

const parseAll: ReadKey = (args, scope, depth) => {
  if (args.isEmpty) throw bad('Nothing to search for');
  const keys = args.rest((rest) => parseKey(rest, scope, depth));
  return (message, number) => keys.every((key) => key(message, number));
};

const parseKey: ReadKey = (args, scope, depth) => {
  if (depth > MAX_DEPTH) throw bad('Search is nested too deep');
  const list = args.optionalList();
  if (list) return parseAll(list, scope, depth + 1);
  const word = args.word();
  if (isSequenceSet(word)) {
    const isIn = member(parseSequenceSet(word), scope.exists);
    return (_message, number) => isIn(number);
  }
  const read = KEYS.get(word);
  if (!read) throw bad('Unknown search key');
  return read(args, scope, depth);
};

const member = (set: SequenceSet, last: number): ((value: number) => boolean) => {
  const ranges = resolveStar(set, last);
  return (value) => ranges.some(({ from, to }) => value >= from && value <= to);
};

const hasFlag =
  (flag: string, wanted: boolean): ReadKey =>
  () =>
  (message) =>
    message.flags.has(flag) === wanted;

const keyword =
  (wanted: boolean): ReadKey =>
  (args) => {
    const flag = readFlag(args).toLowerCase();
    return ({ flags }) => [...flags].some((one) => one.toLowerCase() === flag) === wanted;
  };

/** `compare` gets the day of the message and the day asked for, both as their first UTC millisecond. */
const day =
  (dateOf: (message: StoredMessage) => number, compare: (own: number, asked: number) => boolean): ReadKey =>
  (args) => {
    const asked = parseDay(args.astring());
    if (asked === undefined) throw bad('Wrong date');
    return (message) => {
      const at = dateOf(message);
      return !Number.isNaN(at) && compare(at - (at % DAY_MS), asked);
    };
  };

const receivedAt = (message: StoredMessage): number => message.receivedAt.getTime();

/** The Date field; its own day counts, whatever its zone (RFC 3501, SENTBEFORE). */
const sentAt = (message: StoredMessage): number => {
  const field = fieldsOf(message).find(({ name }) => name === 'date')?.value ?? '';
  const match = /(\d{1,2}) ([a-z]{3}) (\d{4})/i.exec(field);
  return match ? (parseDay(`${match[1]}-${match[2]}-${match[3]}`) ?? NaN) : NaN;
};

const fieldsOf = (message: StoredMessage) => headerFields(message.raw.subarray(0, bodyOffset(message.raw)));

const utf8 = (args: Arguments): string =>
  Buffer.from(args.astring(), 'latin1').toString('utf8').toLowerCase();

const header =
  (fixedName?: string): ReadKey =>
  (args) => {
    const wantedName = (fixedName ?? args.astring()).toLowerCase();
    const text = utf8(args);
    return (message) =>
      fieldsOf(message).some(
        ({ name, value }) => name === wantedName && decodeHeaderText(value).toLowerCase().includes(text)
      );
  };

/** Plain byte search: transfer-encoded text is not found, as on servers without full-text search. */
const content =
  (from: (message: StoredMessage) => number): ReadKey =>
  (args) => {
    const text = utf8(args);
    return (message) => message.raw.subarray(from(message)).toString('utf8').toLowerCase().includes(text);
  };

const size =
  (compare: (own: number, asked: number) => boolean): ReadKey =>
  (args) => {
    const asked = args.number();
    return (message) => compare(message.raw.length, asked);
  };

const not: ReadKey = (args, scope, depth) => {
  const key = parseKey(args, scope, depth + 1);
  return (message, number) => !key(message, number);
};

const or: ReadKey = (args, scope, depth) => {
  const first = parseKey(args, scope, depth + 1);
  const second = parseKey(args, scope, depth + 1);
  return (message, number) => first(message, number) || second(message, number);
};

const uid: ReadKey = (args, scope) => {
  const isIn = member(args.sequenceSet(), scope.lastUid);
  return (message) => isIn(message.uid);
};

const modSeq: ReadKey = (args) => {
  // An entry name and its type may come first (RFC 7162 section 3.1.5); flags share one mod-sequence here.
  if (args.peek()?.kind === 'string') {
    args.astring();
    args.word();
  }
  const asked = args.number();
  return (message) => message.modSeq >= asked;
};

const KEYS = new Map<string, ReadKey>([
  ['ALL', () => () => true],
  ['NOT', not],
  ['OR', or],
  ['UID', uid],
  ['MODSEQ', modSeq],
  ['ANSWERED', hasFlag('\\Answered', true)],
  ['UNANSWERED', hasFlag('\\Answered', false)],
  ['DELETED', hasFlag('\\Deleted', true)],
  ['UNDELETED', hasFlag('\\Deleted', false)],
  ['DRAFT', hasFlag('\\Draft', true)],
  ['UNDRAFT', hasFlag('\\Draft', false)],
  ['FLAGGED', hasFlag('\\Flagged', true)],
  ['UNFLAGGED', hasFlag('\\Flagged', false)],
  ['SEEN', hasFlag('\\Seen', true)],
  ['UNSEEN', hasFlag('\\Seen', false)],
  // Nothing is ever \Recent here: IMAP4rev2 gave it up (RFC 9051 appendix E).
  ['RECENT', () => () => false],
  ['NEW', () => () => false],
  ['OLD', () => () => true],
  ['KEYWORD', keyword(true)],
  ['UNKEYWORD', keyword(false)],
  ['SINCE', day(receivedAt, (own, asked) => own >= asked)],
  ['BEFORE', day(receivedAt, (own, asked) => own < asked)],
  ['ON', day(receivedAt, (own, asked) => own === asked)],
  ['SENTSINCE', day(sentAt, (own, asked) => own >= asked)],
  ['SENTBEFORE', day(sentAt, (own, asked) => own < asked)],
  ['SENTON', day(sentAt, (own, asked) => own === asked)],
  ['HEADER', header()],
  ['SUBJECT', header('subject')],
  ['FROM', header('from')],
  ['TO', header('to')],
  ['CC', header('cc')],
  ['BCC', header('bcc')],
  ['BODY', content(({ raw }) => bodyOffset(raw))],
  ['TEXT', content(() => 0)],
  ['LARGER', size((own, asked) => own > asked)],
  ['SMALLER', size((own, asked) => own < asked)],
]);
