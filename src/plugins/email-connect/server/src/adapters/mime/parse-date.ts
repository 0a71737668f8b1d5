import { mailTime } from '../../domain/message/mail-time';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** RFC 5322 4.3; every other name means "-0000": the time is UTC, the place unknown. */
const ZONES: Record<string, number> = {
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
};

const TIME = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?`;
const ZONE = String.raw`(?:\s*(?:GMT|UTC)?([+-]\d{2}):?(\d{2})\b|\s+([A-Za-z]{1,5})\b)?`;
/** `Mon, 2 Jan 2006 15:04:05 -0700` with the liberties of RFC 5322 4.3. */
const RFC_5322 = new RegExp(
  String.raw`^(?:[A-Za-z]+\.?,?\s*)?0*(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{2,4})[\s,]+${TIME}${ZONE}`
);
/** `Mon Jan  2 15:04:05 [zone] 2006`, the form of C's asctime: old list servers and cron. */
const ASCTIME = new RegExp(
  String.raw`^[A-Za-z]{3},?\s+([A-Za-z]{3})\s+(\d{1,2})\s+${TIME}(?:\s+(?:[A-Z]{1,5}|([+-]\d{2})(\d{2})))?\s+(\d{4})`
);

/** The Date field (RFC 5322 3.3) as an ISO time; null when it is no valid date. Never the present (c23). */
export const parseDate = (value: string): string | null => {
  const text = withoutComments(value);
  const usual = RFC_5322.exec(text);
  if (usual) {
    const [, day, month, year, hour, minute, second, zoneHours, zoneMinutes, zoneName] = usual;
    const offset = zoneHours ? offsetOf(zoneHours, zoneMinutes) : (ZONES[zoneName?.toLowerCase() ?? ''] ?? 0);
    return isoTime([fullYear(year), month, day, hour, minute, second], offset);
  }
  const old = ASCTIME.exec(text);
  if (!old) return null;
  const [, month, day, hour, minute, second, zoneHours, zoneMinutes, year] = old;
  return isoTime(
    [Number(year), month, day, hour, minute, second],
    zoneHours ? offsetOf(zoneHours, zoneMinutes) : 0
  );
};

/** The zone that a Date field gives in digits, in minutes east of UTC; null for none, and for -0000 (RFC 5322 3.3). */
export const parseZone = (value: string): number | null => {
  const [, hours, minutes] = ZONE_AT_END.exec(withoutComments(value)) ?? [];
  if (hours === undefined || (hours === '-00' && minutes === '00')) return null;
  const zone = offsetOf(hours, minutes);
  return Math.abs(zone) > 24 * 60 ? null : zone;
};

const ZONE_AT_END = /\s(?:GMT|UTC)?([+-]\d{2}):?(\d{2})$/;

const withoutComments = (value: string): string =>
  value
    .slice(0, 200)
    .replace(/\([^()]*\)/g, ' ')
    .trim();

/** Minutes east of UTC. */
const offsetOf = (hours: string, minutes: string | undefined): number => {
  const east = Math.abs(Number(hours)) * 60 + Number(minutes ?? 0);
  return hours.startsWith('-') ? -east : east;
};

/** RFC 5322 4.3, obs-year. */
const fullYear = (year: string | undefined): number => {
  const written = Number(year);
  if (year?.length === 2) return written < 50 ? 2000 + written : 1900 + written;
  return year?.length === 3 ? 1900 + written : written;
};

type DateFields = [
  year: number,
  month?: string,
  day?: string,
  hour?: string,
  minute?: string,
  second?: string,
];

const isoTime = (
  [year, monthName, dayText, hourText, minuteText, secondText]: DateFields,
  offset: number
): string | null => {
  const month = MONTHS.indexOf((monthName ?? '').slice(0, 3).toLowerCase());
  const [day, hour, minute, second] = [
    Number(dayText),
    Number(hourText),
    Number(minuteText),
    Number(secondText ?? 0),
  ];
  // Second 60 is a leap second; Date.UTC carries it over.
  if (month < 0 || year < 1900 || hour > 23 || minute > 59 || second > 60 || Math.abs(offset) > 24 * 60)
    return null;
  const local = new Date(Date.UTC(year, month, day, hour, minute, second));
  if (new Date(Date.UTC(year, month, day)).getUTCDate() !== day) return null;
  return mailTime(local.getTime() - offset * 60_000);
};
