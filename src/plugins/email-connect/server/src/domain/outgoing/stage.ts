import { unreachable } from '../../../../shared/unreachable';
import type { DeliveryStatus } from './outgoing';

/**
 * Where a mail that was written here stands.
 *
 * `held`: its inbox was disconnected, the owner decides (S4) · `queued`: not submitted yet · `submitting`: a process
 * is submitting it · `unknown`: the server may have it, and it is looked for in Sent · `asked`: only a person can say
 * whether it went out · `sent`: the server has it, its copy is not in Sent yet · `filed`: nothing is left to do ·
 * `refused`: it did not go out, and its writer was told · `cancelled`: taken back before it went out · `ended`: a
 * person said that it did not go out.
 */
export const outgoingStages = [
  'held',
  'queued',
  'submitting',
  'unknown',
  'asked',
  'sent',
  'filed',
  'refused',
  'cancelled',
  'ended',
] as const;

export type OutgoingStage = (typeof outgoingStages)[number];

/** A mail never leaves these stages. */
export const finalStages = ['filed', 'refused', 'cancelled', 'ended'] as const satisfies OutgoingStage[];

/** The server certainly does not have the mail, or nobody knows whether it does. */
export const unsentStages = [
  'held',
  'queued',
  'submitting',
  'unknown',
  'asked',
] as const satisfies OutgoingStage[];

export const isFinal = (stage: OutgoingStage): boolean => finalStages.some((final) => final === stage);

/** What people are told about a mail in this stage, and nothing else (S51). */
export const toldOf = (stage: OutgoingStage): Exclude<DeliveryStatus, 'delayed' | 'bounced'> => {
  switch (stage) {
    case 'queued':
    case 'submitting':
      return 'queued';
    case 'sent':
    case 'filed':
      return 'sent';
    case 'refused':
    case 'ended':
      return 'failed';
    case 'held':
    case 'unknown':
    case 'asked':
    case 'cancelled':
      return stage;
    default:
      return unreachable(stage);
  }
};
