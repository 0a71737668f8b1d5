/** The second in which an instant lies: mail writes times without fractions of a second (RFC 5322 3.3, RFC 3501 9). */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
