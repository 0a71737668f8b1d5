const LONGEST_DETAIL = 300;
/** Removing a shorter secret would remove ordinary words. */
const SHORTEST_SECRET = 4;

/**
 * One line of a server's answer, at most 300 characters. Some servers repeat a refused command, so every form in
 * which the password may have been sent is removed (S36).
 */
export const shorten = (text: string, access: { username: string; password: string }): string => {
  const { username, password } = access;
  const base64 = (value: string) => Buffer.from(value, 'utf8').toString('base64');
  // RFC 4616: the form of AUTH PLAIN; then AUTH LOGIN; then LOGIN with an IMAP quoted string.
  const forms = [
    base64(`\0${username}\0${password}`),
    base64(password),
    password.replace(/[\\"]/g, '\\$&'),
    password,
  ];
  let clean = text;
  if (password.length >= SHORTEST_SECRET) for (const form of forms) clean = clean.split(form).join('***');
  const line = clean
    // Control characters: an answer must not control a terminal or break a log line.
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL - 1)}…` : line;
};
