const LONGEST_DETAIL = 300;
/** A secret this short would blot out ordinary words. */
const SHORTEST_SECRET = 4;

/**
 * One line of what a server said, at most 300 characters. Servers have been seen to repeat a refused command, so
 * every form in which the password may have been sent is taken out (S36).
 */
export const shorten = (text: string, access: { username: string; password: string }): string => {
  const { username, password } = access;
  const base64 = (value: string) => Buffer.from(value, 'utf8').toString('base64');
  // RFC 4616: what AUTH PLAIN sends; then AUTH LOGIN; then LOGIN with an IMAP quoted string.
  const forms = [
    base64(`\0${username}\0${password}`),
    base64(password),
    password.replace(/[\\"]/g, '\\$&'),
    password,
  ];
  let clean = text;
  if (password.length >= SHORTEST_SECRET) for (const form of forms) clean = clean.split(form).join('***');
  const line = clean
    // Control characters: a reply must not steer a terminal or break a log line.
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
};
