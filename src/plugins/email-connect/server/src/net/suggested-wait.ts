const MINUTE_MS = 60_000;
/** How long a limit on connections or bandwidth lasts, if the server names no time (c27). */
const LIMIT_WAIT_MS = 15 * MINUTE_MS;
/** Even if a server asks for more, it is tried again after a day. */
const LONGEST_WAIT_MS = 24 * 60 * MINUTE_MS;

/** Microsoft 365: `Request is throttled. Suggested Backoff Time: 92415 milliseconds`. */
const SUGGESTED = /suggested backoff time[:=\s]+(\d{1,12})/i;

/** RFC 5530 3 and the words of Gmail, Yahoo, Dovecot and Exchange: a limit is reached, and it passes slowly. */
const LIMITED =
  /\[(LIMIT|OVERQUOTA|INUSE|THROTTLED)\]|too many (simultaneous )?(connections|requests|logins?)|bandwidth|rate limit|exceeded .*limits?|maximum number of connections/i;

/** How long the server wants to be left alone, in ms; undefined when its answer does not tell. */
export const suggestedWait = (answer: string): number | undefined => {
  const suggested = SUGGESTED.exec(answer)?.[1];
  if (suggested !== undefined) return Math.min(Number(suggested), LONGEST_WAIT_MS);
  return LIMITED.test(answer) ? LIMIT_WAIT_MS : undefined;
};
