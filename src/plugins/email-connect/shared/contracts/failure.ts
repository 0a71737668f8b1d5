import { z } from 'zod';

/** How every refused request explains itself: `error.details` of Strapi's error answer. */
export const failure = z.object({
  /** Stable; its page is docs/errors.md#<code>. */
  code: z.string(),
  nextStep: z.string(),
  /** What the other server said, shortened; '' when it said nothing. */
  detail: z.string(),
});
export type Failure = z.infer<typeof failure>;

/** The same where no error answer surrounds it: with what happened, in one sentence. */
export const toldFailure = failure.extend({ message: z.string() });
export type ToldFailure = z.infer<typeof toldFailure>;
