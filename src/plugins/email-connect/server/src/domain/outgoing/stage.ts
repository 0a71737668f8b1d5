import { unreachable } from '../../../../shared/unreachable';
import type { DeliveryStatus } from './outgoing';

/**
 * Where a mail that was written here stands.
 *
 * `held`: its inbox was disconnected, its owner decides (S4) · `queued`: not yet with the server · `submitting`: somebody has
 * it in hand · `unknown`: it may be with the server, and is looked for in Sent · `asked`: only a person can say ·
 * `sent`: the server has it, its copy is not in Sent yet · `filed`: nothing is left to do · `refused`: it did not go out, and
 * its writer was told · `cancelled`: taken back before it went out · `ended`: a person said that it did not go out.
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

/** Nothing leads on from these. */
export const finalStages = ['filed', 'refused', 'cancelled', 'ended'] as const satisfies OutgoingStage[];

/** The server does not have the mail for certain, or nobody knows. */
export const unsentStages = [
  'held',
  'queued',
  'submitting',
  'unknown',
  'asked',
] as const satisfies OutgoingStage[];

export const isFinal = (stage: OutgoingStage): boolean => finalStages.some((final) => final === stage);

/** What people are told of a mail in this stage: never anything else (S51). */
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
