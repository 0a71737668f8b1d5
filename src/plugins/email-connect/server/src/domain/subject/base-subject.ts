/** RFC 5322 2.1.1: no real subject is longer; the cut keeps this linear. */
const LONGEST_SUBJECT = 1_000;

const REPLY_WORDS = [
  're',
  'aw',
  'antw',
  'antwort',
  'sv',
  'vs',
  'odp',
  'res',
  'rif',
  'r',
  'ynt',
  'cevap',
  'bls',
  'atb',
  'vá',
  'hv',
  'ответ',
  'отв',
  'απ',
  'σχετ',
  'רד',
  'תשובה',
  'השב',
  'رد',
  'ตอบ',
  '回复',
  '回覆',
  '答复',
  '答覆',
  '返信',
  '답장',
  '회신',
];
const FORWARD_WORDS = [
  'fw',
  'fwd',
  'wg',
  'vl',
  'vb',
  'doorst',
  'pd',
  'enc',
  'rv',
  'tr',
  'i',
  'ilt',
  'továbbítás',
  'trs',
  'пер',
  'пересл',
  'πρθ',
  'הועבר',
  'إعادة توجيه',
  'ส่งต่อ',
  '转发',
  '轉寄',
  '轉發',
  '転送',
  '전달',
];
/** Tags that gateways put before a subject, besides those in brackets. */
const GATEWAY_TAG = /^(?:(?:external|ext|extern) ?[:：]|\*{2,5} ?(?:spam|external) ?\*{2,5})/iu;

/** `[...]` of RFC 5256 5, and the full-width brackets of East Asian gateways. */
const BLOB = String.raw`(?:\[[^[\]]*\]|【[^【】]*】)\s*`;
/** `Re[2]:`, `Re(2):`, `Re^2:` */
const COUNT = String.raw`(?:\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\^\d{1,4}))?`;

const leader = (words: readonly string[]): RegExp =>
  new RegExp(String.raw`^(?:${BLOB})*(?:${words.join('|')})${COUNT}\s*(?:${BLOB})?[:：]\s*`, 'iu');
const REPLY_LEADER = leader(REPLY_WORDS);
const FORWARD_LEADER = leader(FORWARD_WORDS);
const LEADER = leader([...REPLY_WORDS, ...FORWARD_WORDS]);
const LEADING_BLOB = new RegExp(`^${BLOB}`, 'u');

/**
 * A decoded subject without the marks of replies, forwards and gateways, in lower case, for comparison. RFC 5256 2.1,
 * with the marks of other languages and mail programs (c40). '' for a subject of marks alone.
 */
export const baseSubject = (subject: string): string => stripped(subject).toLowerCase().normalize('NFC');

/** The base subject as a person reads it, for Thread-Topic. */
export const threadTopic = (subject: string): string => stripped(subject);

/** The subject of an answer: exactly one `Re: `, in place of marks of any language or gateway. */
export const replySubject = (subject: string): string => {
  const clean = collapsed(subject);
  return REPLY_LEADER.test(clean.slice(0, LONGEST_SUBJECT)) ? clean : `Re: ${clean}`.trimEnd();
};

/** `Re:` in any language, after the tags of gateways. Cheap for most mail, whose subject holds no colon. */
export const hasReplyMark = (subject: string): boolean =>
  /[:：]/.test(subject) && REPLY_LEADER.test(cut(subject));

/** `Fwd:` in any language, or the marks of RFC 5256 2.1 (5) and (6). */
export const hasForwardMark = (subject: string): boolean =>
  FORWARD_LEADER.test(cut(subject)) || /^\[fwd:|\(fwd\)$/i.test(cut(subject));

const cut = (subject: string): string =>
  collapsed(subject.slice(0, LONGEST_SUBJECT * 4)).slice(0, LONGEST_SUBJECT);

const collapsed = (subject: string): string => subject.replace(/\s+/g, ' ').trim();

const stripped = (subject: string): string => {
  let rest = cut(subject);
  for (;;) {
    const next = strippedOnce(rest);
    if (next === rest) return rest;
    rest = next;
  }
};

/** One round of RFC 5256 2.1 steps 2 to 6. */
const strippedOnce = (subject: string): string => {
  let rest = withoutTrailer(subject).replace(LEADER, '');
  for (const mark of [LEADING_BLOB, GATEWAY_TAG]) {
    const without = rest.replace(mark, '').trim();
    // A subject that is nothing but a tag keeps the tag.
    if (without !== '') rest = without;
  }
  return /^\[fwd:.*\]$/i.test(rest) ? rest.slice(5, -1).trim() : rest;
};

const withoutTrailer = (subject: string): string =>
  subject.toLowerCase().endsWith('(fwd)') ? subject.slice(0, -5).trimEnd() : subject;
