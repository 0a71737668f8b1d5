import type { VerdictAnswer } from '../../../../../shared/contracts/explanation';
import { unreachable } from '../../../../../shared/unreachable';
import type { TextKey } from '../../../hooks/use-text';

/** A verdict as a coloured word, with the reason in a few more. */
export interface VerdictWords {
  variant: 'success' | 'primary' | 'warning' | 'neutral';
  word: TextKey;
  /** null where the word is enough. */
  reason: TextKey | null;
}

const heldReasons: Record<string, TextKey> = {
  LOG_SENDER_UNKNOWN: 'verdict.reason.LOG_SENDER_UNKNOWN',
  LOG_SENDER_UNVERIFIED: 'verdict.reason.LOG_SENDER_UNVERIFIED',
};

/** P9: the verdict on a message, in plain words. */
export const verdictWords = ({ kind, reason, code }: VerdictAnswer): VerdictWords => {
  switch (kind) {
    case 'known':
      return { variant: 'success', word: 'verdict.known', reason: null };
    case 'log':
      return { variant: 'primary', word: 'verdict.log', reason: null };
    case 'ask':
      return { variant: 'warning', word: 'verdict.ask', reason: null };
    case 'hold':
      return { variant: 'warning', word: 'verdict.hold', reason: heldReasons[code] ?? null };
    case 'inspect':
    case 'unlog':
      return { variant: 'neutral', word: `verdict.${kind}`, reason: null };
    case 'ignore':
      return {
        variant: 'neutral',
        word: 'verdict.ignore',
        reason: reason === null ? null : `verdict.reason.${reason}`,
      };
    default:
      return unreachable(kind);
  }
};

/** Whether a person can have it logged: not a logged message, and not a draft, which was sent to nobody yet. */
export const canBeLogged = ({ kind, reason }: VerdictAnswer): boolean =>
  kind !== 'known' && kind !== 'unlog' && reason !== 'draft';
