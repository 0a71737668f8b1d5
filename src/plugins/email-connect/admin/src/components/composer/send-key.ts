import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import type { Problem } from '../../api/problem';

/** Under one key the server makes one mail, however often Send is pressed (S51). */
export interface SendKey {
  value: string;
  /** An answer under this key was lost: it is not known here whether there is a mail. */
  isDoubted: boolean;
}

/** Not `crypto.randomUUID`, which browsers have under https only. */
export const mintSendKey = (): SendKey => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return { value: [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''), isDoubted: false };
};

type Mint = () => SendKey;

/** No mail of this key goes out any more; the next press makes another mail. */
export const isOver = ({ deliveryStatus }: SendMessageAnswer): boolean =>
  deliveryStatus === 'failed' || deliveryStatus === 'cancelled';

export const keyAfterAnswer = (key: SendKey, answer: SendMessageAnswer, mint: Mint): SendKey =>
  isOver(answer) ? mint() : key;

/** Problems that do not end a mail: it may still be under way. At worst, keeping the key repeats the same answer. */
const notFinal: ReadonlySet<string> = new Set([
  'DATABASE_BUSY',
  'MESSAGE_UNDER_WAY',
  'SEND_OUTCOME_UNKNOWN',
  'SEND_KEY_USED',
  'STORAGE_FAILED',
  'UNEXPECTED',
]);

/** Sent only after the server has looked for a mail under the key: the mail is refused, or there is none. */
const afterTheKey: ReadonlySet<string> = new Set([
  'CONNECTION_LOST',
  'CONNECTION_REFUSED',
  'CONNECTION_TIMED_OUT',
  'INBOX_CHANGED',
  'INBOX_NOT_CONNECTED',
  'LOGIN_NEEDS_APP_PASSWORD',
  'LOGIN_NOT_OFFERED',
  'LOGIN_REFUSED',
  'MESSAGE_REFUSED',
  'RECIPIENT_REFUSED',
  'SENDER_REFUSED',
]);

/** The key of the next press after one that failed: a new one only when there certainly is no mail under this key. */
export const keyAfterProblem = (key: SendKey, problem: Problem, mint: Mint): SendKey => {
  if (problem.kind === 'untold') {
    const isLost = problem.reason !== 'not-allowed' && problem.reason !== 'not-found';
    return isLost ? { ...key, isDoubted: true } : key;
  }
  if (notFinal.has(problem.code)) return key;
  return key.isDoubted && !afterTheKey.has(problem.code) ? key : mint();
};

/**
 * The key has made a mail with other content: that mail may be out, and only the user can say whether to send this
 * one too.
 */
export const isSentBefore = (problem: Problem | null): boolean =>
  problem?.kind === 'told' && problem.code === 'SEND_KEY_USED';
