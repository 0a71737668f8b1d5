/** A string argument or result: quoted where it can be, a literal where it must be (RFC 3501 section 4.3). */
export const imapString = (text: string): string =>
  /[\r\n\0\x80-\xff]/.test(text)
    ? `{${text.length}}\r\n${text}`
    : `"${text.replace(/["\\]/g, (special) => `\\${special}`)}"`;

/** The same, or NIL. */
export const imapNString = (text: string | undefined): string =>
  text === undefined ? 'NIL' : imapString(text);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE_TIME = /^([ \d]\d)-([a-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/i;
const DATE = /^(\d{1,2})-([a-z]{3})-(\d{4})$/i;

const monthIndex = (name: string): number =>
  MONTHS.indexOf(name.charAt(0).toUpperCase() + name.slice(1).toLowerCase());

const two = (value: number): string => String(value).padStart(2, '0');

/** INTERNALDATE form, always in UTC: `17-Jul-1996 02:44:25 +0000`. */
export const formatDateTime = (date: Date): string =>
  `${two(date.getUTCDate())}-${MONTHS[date.getUTCMonth()]}-${date.getUTCFullYear()} ` +
  `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;

/** The moment of an RFC 3501 date-time, or undefined. */
export const parseDateTime = (text: string): Date | undefined => {
  const match = DATE_TIME.exec(text);
  if (!match) return undefined;
  const month = monthIndex(match[2] ?? '');
  const [day, year, hour, minute, second, zoneHours, zoneMinutes] = [1, 3, 4, 5, 6, 8, 9].map((at) =>
    Number(match[at])
  );
  const zone = ((zoneHours ?? 0) * 60 + (zoneMinutes ?? 0)) * (match[7] === '-' ? -1 : 1);
  const utc = Date.UTC(year ?? 0, month, day ?? 0, hour ?? 0, (minute ?? 0) - zone, second ?? 0);
  return month < 0 || Number.isNaN(utc) ? undefined : new Date(utc);
};

/** The first millisecond (UTC) of an RFC 3501 date as in SINCE, or undefined. */
export const parseDay = (text: string): number | undefined => {
  const match = DATE.exec(text);
  const month = monthIndex(match?.[2] ?? '');
  return match && month >= 0 ? Date.UTC(Number(match[3]), month, Number(match[1])) : undefined;
};
