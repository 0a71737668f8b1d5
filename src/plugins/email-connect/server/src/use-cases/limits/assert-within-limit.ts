import { tooOften } from '../../domain/limits/limit';
import type { LimitedAction } from '../../domain/limits/limit';
import type { Ports } from '../../ports';

/**
 * Counts one more action; throws RATE_LIMITED when that is over the limit. Only one refusal in a window goes on
 * record (S37): a row for each refusal would be a way to fill the database.
 */
export const assertWithinLimit = async (
  ports: Pick<Ports, 'rateLimits' | 'audit'>,
  action: LimitedAction,
  subject: string,
  actor: string
): Promise<void> => {
  const reached = await ports.rateLimits.count(action, subject);
  if (!reached) return;
  if (reached.isFirst) {
    await ports.audit.record({
      action: `limit.${action}`,
      actor,
      subject,
      outcome: 'refused',
      facts: { times: String(reached.times), windowSeconds: String(reached.windowMs / 1000) },
    });
  }
  throw tooOften(action, reached);
};
