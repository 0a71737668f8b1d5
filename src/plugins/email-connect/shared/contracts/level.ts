import { z } from 'zod';

/** How much is told of a mail to whoever does not own its inbox, the least first. */
export const level = z.enum(['private', 'facts', 'subject', 'full']);
export type LevelAnswer = z.infer<typeof level>;

/** How much somebody is told of a mail that they see. */
export const toldLevel = level.exclude(['private']);
