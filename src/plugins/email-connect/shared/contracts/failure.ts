import { z } from 'zod';

/** How every refused request explains itself: `error.details` of Strapi's error answer. */
export const failure = z.object({
  /** Stable; described in docs/errors.md#<code>. */
  code: z.string(),
  nextStep: z.string(),
  /** The other server's answer, shortened; '' for none. */
  detail: z.string(),
});
export type Failure = z.infer<typeof failure>;

/** The same outside of an error answer: with a sentence that says what happened. */
export const toldFailure = failure.extend({ message: z.string() });
export type ToldFailure = z.infer<typeof toldFailure>;
