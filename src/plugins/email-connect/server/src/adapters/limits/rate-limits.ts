import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Limit, LimitedAction, LimitReached } from '../../domain/limits/limit';
import type { RateLimits } from '../../ports';

/**
 * Counts in the memory of this process. An entry is deleted with the end of its window, so there are never more
 * entries than actions in one window.
 */
export const createRateLimits = (
  limits: Readonly<Record<LimitedAction, readonly [Limit, ...Limit[]]>>
): RateLimits => {
  const countersOf = (action: LimitedAction): Counter[] =>
    limits[action].map((limit) => ({
      limit,
      limiter: new RateLimiterMemory({ points: limit.times, duration: limit.windowMs / 1000 }),
    }));
  const counters: Record<LimitedAction, Counter[]> = {
    send: countersOf('send'),
    connect: countersOf('connect'),
    look: countersOf('look'),
    log: countersOf('log'),
    'own-login': countersOf('own-login'),
    login: countersOf('login'),
    'server-login': countersOf('server-login'),
  };
  return {
    count: async (action, subject) => {
      for (const counter of counters[action]) {
        const reached = await consume(counter, subject);
        if (reached) return reached;
      }
      return null;
    },
    takeBack: async (action, subject) => {
      for (const { limiter } of counters[action]) {
        const present = await limiter.get(subject);
        // An action taken back after its window has ended must not become a credit in the next window.
        if (present && present.msBeforeNext > 0) await limiter.reward(subject);
      }
    },
  };
};

interface Counter {
  limit: Limit;
  limiter: RateLimiterMemory;
}

const consume = async ({ limit, limiter }: Counter, subject: string): Promise<LimitReached | null> => {
  try {
    await limiter.consume(subject);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return {
      ...limit,
      retryAfterMs: Math.max(1, refusal.msBeforeNext),
      isFirst: refusal.consumedPoints === limit.times + 1,
    };
  }
};
