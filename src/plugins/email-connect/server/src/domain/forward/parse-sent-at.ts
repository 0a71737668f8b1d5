import { mailTime } from '../message/mail-time';
import { monthOf, offsetOfZone, weekdayOf } from './calendar-words';

interface Day {
  year: number;
  month: number;
  day: number;
}

interface FoundDays {
  /** All days that the words can mean: two for 03/04/2026. */
  days: Day[];
  before: string;
  after: string;
}

type DayReader = (match: readonly string[]) => Day[];

const LONGEST = 200;

const day = (year: number, month: number, dayOfMonth: number): Day[] => {
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth
    ? [{ year, month, day: dayOfMonth }]
    : [];
};

const inWords: DayReader = ([, dayOfMonth, word, year]) => {
  const month = monthOf(word ?? '');
  return month === null ? [] : day(Number(year), month, Number(dayOfMonth));
};

/** A number of two digits is read as the year only where no other order of the three numbers is a day. */
const inNumbers: DayReader = ([, first, second, third]) => {
  const [a, b, c] = [Number(first), Number(second), Number(third)];
  const year = third?.length === 2 ? 2000 + c : c;
  const yearFirst = third?.length === 2 ? day(2000 + a, b, c) : [];
  const dayFirst = day(year, b, a);
  return a === b ? [...dayFirst, ...yearFirst] : [...dayFirst, ...day(year, a, b), ...yearFirst];
};

/** Forms of a day, most telling first. Each is anchored at a number or a word and has no repeated group. */
const FORMS: [form: RegExp, read: DayReader][] = [
  [/(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/, ([, y, m, d]) => day(Number(y), Number(m), Number(d))],
  [
    /(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/,
    ([, y, m, d]) => day(Number(y), Number(m), Number(d)),
  ],
  [
    /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|\.)?[\s-](?:de\s|d['’])?(\p{L}{3,12})\.?,?[\s-](?:de\s|del\s)?(\d{4})(?!\d)/iu,
    inWords,
  ],
  [
    /(\p{L}{3,12})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})(?!\d)/iu,
    ([all = '', word = '', d = '', y = '']) => inWords([all, d, word, y]),
  ],
  // In dates with dots the day comes first in every country.
  [
    /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?!\d)/,
    ([, d, m, y = '']) => day(y.length === 2 ? 2000 + Number(y) : Number(y), Number(m), Number(d)),
  ],
  [/(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)/, inNumbers],
];

const findDays = (text: string): FoundDays | null => {
  for (const [form, read] of FORMS) {
    const match = form.exec(text);
    if (match === null) continue;
    const days = read(match);
    if (days.length > 0)
      return { days, before: text.slice(0, match.index), after: text.slice(match.index + match[0].length) };
  }
  return null;
};

const dayOfWeek = ({ year, month, day: dayOfMonth }: Day): number =>
  new Date(Date.UTC(year, month - 1, dayOfMonth)).getUTCDay();

/** A weekday decides between two readings of a day; a weekday that contradicts the only reading makes it doubtful. */
const chooseDay = ({ days, before }: FoundDays): Day | null => {
  const weekday = (before.match(/[\p{L}-]{2,16}/gu) ?? []).map(weekdayOf).find((found) => found !== null);
  const fitting = weekday === undefined ? days : days.filter((found) => dayOfWeek(found) === weekday);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
};

interface TimeOfDay {
  minutes: number;
  seconds: number;
  after: string;
}

const TIME = /(?<!\d)(\d{1,2})\s?(?:[:.hH]|시|時)\s?(\d{2})(?:[:.](\d{2}))?(?:\.\d{1,9})?(?!\d)/;
const AFTERNOON = /^\s?(?:p\.?\s?m\b|nachm)/i;
const MORNING = /^\s?(?:a\.?\s?m\b|vorm)/i;

const findTime = (text: string): TimeOfDay | null => {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [hour, minute, second] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  const after = text.slice(match.index + match[0].length);
  const before = text.slice(0, match.index);
  const isAfternoon = AFTERNOON.test(after) || /(?:下午|午後|오후)\s?$/.test(before);
  const isMorning = MORNING.test(after) || /(?:上午|午前|오전)\s?$/.test(before);
  const isOfTwelve = isAfternoon || isMorning;
  if (minute > 59 || second > 59 || hour > 23 || (isOfTwelve && (hour > 12 || hour === 0))) return null;
  const hours = isOfTwelve ? (hour % 12) + (isAfternoon ? 12 : 0) : hour;
  return { minutes: hours * 60 + minute, seconds: second, after };
};

const FARTHEST_ZONE = 14 * 60;

/**
 * The zone that the text names, in minutes east of UTC; `none` when it names no zone, null when its zone is not
 * known.
 */
const findOffset = (after: string): number | 'none' | null => {
  const text = after.slice(0, 60).replace(AFTERNOON, ' ').replace(MORNING, ' ');
  const numbers = /(?:gmt|utc|^|[\s(])\s?([+−-])(\d{1,2}):?(\d{2})?(?!\d)/i.exec(text);
  if (numbers !== null) {
    const minutes = Number(numbers[2]) * 60 + Number(numbers[3] ?? 0);
    return minutes > FARTHEST_ZONE ? null : minutes * (numbers[1] === '+' ? 1 : -1);
  }
  const name = /(?<!\p{L})(?:Z|[A-Z]{2,5})(?!\p{L})/u.exec(text)?.[0];
  return name === undefined ? 'none' : offsetOfZone(name);
};

/**
 * The time that a mail program wrote into the header of a forwarded message, as ISO in UTC. null when it is not
 * certain: no time of day, a day that can be read in two ways (03/04/2026), a weekday that contradicts the day, an
 * unknown zone, or no zone while `offsetMinutes`, the zone of the program in minutes east of UTC, is null.
 */
export const parseSentAt = (value: string, offsetMinutes: number | null): string | null => {
  const text = value.slice(0, LONGEST).normalize('NFC').replace(/\s/g, ' ').replace(/ {2,}/g, ' ').trim();
  const found = findDays(text);
  const chosen = found && chooseDay(found);
  if (!found || !chosen) return null;
  const time = findTime(found.after) ?? findTime(found.before);
  if (time === null) return null;
  const named = findOffset(time.after);
  const offset = named === 'none' ? offsetMinutes : named;
  if (offset === null) return null;
  const { year, month, day: dayOfMonth } = chosen;
  return mailTime(Date.UTC(year, month - 1, dayOfMonth, 0, time.minutes - offset, time.seconds));
};
