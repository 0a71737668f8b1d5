import { parseSentAt } from './parse-sent-at';

const at1005 = '2026-11-23T10:05:00.000Z';

describe('parseSentAt', () => {
  it.each([
    ['Mon, 23 Nov 2026 10:05:00 +0000', at1005],
    ['Mon, 23 Nov 2026 11:05:00 +0100 (CET)', at1005],
    ['Monday, November 23, 2026 at 5:05:00 AM EST', at1005],
    ['23 November 2026 at 10:05:00 GMT', at1005],
    ['2026-11-23T10:05:00Z', at1005],
    ['2026-11-23 15:35 UTC+5:30', at1005],
    ['2026-11-23 02:05 (GMT-08:00)', at1005],
    ['23 Nov 2026 12:05 CEST', at1005],
  ])('reads a time with its zone: %s', (value, expected) => expect(parseSentAt(value, null)).toBe(expected));

  it.each([
    ['Monday, November 23, 2026 10:05 AM', at1005],
    ['November 23rd, 2026, 10:05', at1005],
    ['Mon, Nov 23, 2026 at 10:05\u202fAM', at1005],
    ['Mon 23/11/2026 10:05', at1005],
    ['11/23/2026 10:05', at1005],
    ['11/23/26 10:05 AM', at1005],
    ['23-11-2026 10:05', at1005],
    ['23.11.2026 10:05', at1005],
    ['23.11.26 10:05', at1005],
    ['2026/11/23 10:05', at1005],
    ['2026年11月23日 上午10:05', at1005],
    ['2026年11月23日(月) 10:05', at1005],
    ['le lundi 23 novembre 2026 à 10h05', at1005],
    ['Den 23. nov. 2026 kl. 10.05', at1005],
    ['10:05, 23 Nov 2026', at1005],
    ['mar. 24 nov. 2026 à 10:05', '2026-11-24T10:05:00.000Z'],
    ['martedì 3 marzo 2026 10:05', '2026-03-03T10:05:00.000Z'],
    ['Samstag, 3. März 2029 10:05', '2029-03-03T10:05:00.000Z'],
    ['środa, 5 sierpnia 2026 10:05', '2026-08-05T10:05:00.000Z'],
    ['5 de outubro de 2026 10:05', '2026-10-05T10:05:00.000Z'],
    ['Thursday, 28 January 2016 8:16 p.m.', '2016-01-28T20:16:00.000Z'],
    ['23 Nov 2026 12:00 AM', '2026-11-23T00:00:00.000Z'],
    ['23 Nov 2026 12:00 PM', '2026-11-23T12:00:00.000Z'],
    ['23.11.2026 3:35 nachm.', '2026-11-23T15:35:00.000Z'],
    ['05/05/2026 10:05', '2026-05-05T10:05:00.000Z'],
    ['Fri 03/04/2026 10:05', '2026-04-03T10:05:00.000Z'],
    ['Wed 03/04/2026 10:05', '2026-03-04T10:05:00.000Z'],
  ])('reads a time without a zone in the zone of the program: %s', (value, expected) => {
    expect(parseSentAt(value, 0)).toBe(expected);
    expect(parseSentAt(value, 90)).toBe(new Date(Date.parse(expected) - 90 * 60_000).toISOString());
    expect(parseSentAt(value, null)).toBeNull();
  });

  it.each([
    ['a day that may be another', '03/04/2026 10:05'],
    ['a weekday that decides nothing', 'Mon 03/04/2026 10:05'],
    ['a year or a day', '23/11/26 10:05'],
    ['a weekday that contradicts', 'Tuesday, 23 November 2026 10:05'],
    ['no time of day', '23 November 2026'],
    ['no year', '23 November 10:05'],
    ['a day that never was', '31 November 2026 10:05'],
    ['an hour that never was', '23 November 2026 25:05'],
    ['13 in the morning', '23 November 2026 13:05 AM'],
    ['a zone that may be another', '23 November 2026 10:05 IST'],
    ['a zone that is nowhere', '23 November 2026 10:05 +4200'],
    ['a month of no language', '23 Foo 2026 10:05'],
    ['a year before mail', '23 November 0500 10:05'],
    ['a year that no database has', '31 December 9999 23:59 -1200'],
    ['words', 'yesterday'],
    ['nothing', ''],
  ])('is null for %s: %s', (_name, value) => expect(parseSentAt(value, 0)).toBeNull());

  it('comes back from a long value', () => expect(parseSentAt('1 '.repeat(500_000), 0)).toBeNull());
});
