import { z } from 'zod';
import { dayOrTime } from './day-or-time';
import { verdictAnswer } from './explanation';
import { glimpse, location } from './location';

/** Some mail servers would take a control character for the start of a further command (S37). */
const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}*$/u);

/** All given fields have to match; at least one is needed. */
export const searchRequest = z
  .object({
    /** In From, To or Cc. */
    address: oneLine(320).optional(),
    subject: oneLine(200).optional(),
    messageId: oneLine(998).optional(),
    /** On or after that day. */
    since: dayOrTime.optional(),
    /** Only in this watched folder. */
    folderPath: z.string().min(1).max(1000).optional(),
  })
  .refine(
    ({ address, subject, messageId, since }) =>
      [address, subject, messageId, since].some((part) => part !== undefined),
    { error: 'Name an address, a subject, a Message-ID or a day.' }
  );
export type SearchRequest = z.infer<typeof searchRequest>;

export const foundMessage = glimpse.extend({ location, verdict: verdictAnswer });
export type FoundMessage = z.infer<typeof foundMessage>;

/** Newest first. */
export const searchAnswer = z.object({
  messages: z.array(foundMessage),
  /** There are more messages than are listed. */
  isCut: z.boolean(),
  /** Folders that could not be opened. */
  unreadable: z.array(z.string()),
});
export type SearchAnswer = z.infer<typeof searchAnswer>;
