/**
 * The second in which an instant lies, both ISO, to be compared with INTERNALDATE, which has no fractions of a second
 * (RFC 3501 9). With fractions, mail that came in the second of a connection would seem older than it.
 */
export const wholeSecond = (at: string): string =>
  new Date(Math.floor(Date.parse(at) / 1000) * 1000).toISOString();
