import type { LimitedAction, LimitReached } from '../domain/limits/limit';

/** Counts how often things are done, within their windows. */
export interface RateLimits {
  /** Counts one more action of `subject`: an admin user, or a mailbox for `login`. null: it is allowed. */
  count(action: LimitedAction, subject: string): Promise<LimitReached | null>;
  /** Takes one action off the count, unless its window has ended. */
  takeBack(action: LimitedAction, subject: string): Promise<void>;
}
