import type { LimitedAction, LimitReached } from '../domain/limits/limit';

/** How often things are done, as long as it matters. */
export interface RateLimits {
  /** Counts one more for `subject`: an admin user, or a mailbox for `login`. null: it may be done. */
  count(action: LimitedAction, subject: string): Promise<LimitReached | null>;
  /** Takes one back, unless its window has ended. */
  takeBack(action: LimitedAction, subject: string): Promise<void>;
}
