import { z } from 'zod';
import { level } from './level';

export const chooseLevelRequest = z.object({ level });
export type ChooseLevelRequest = z.infer<typeof chooseLevelRequest>;

/** For a conversation or a message; null: none of its own. */
export const chooseStricterLevelRequest = z.object({ level: level.nullable() });

/** The level that somebody's inboxes have for mail. `chosen` null: none of its own, and `otherwise` holds. */
export const levelChoice = z.object({ chosen: level.nullable(), otherwise: level });
export type LevelChoiceAnswer = z.infer<typeof levelChoice>;

/** `decides` null: the user's inboxes decide nothing about the message. */
export const messageAccess = z.object({ decides: levelChoice.nullable() });
export type MessageAccess = z.infer<typeof messageAccess>;

/** Why somebody sees what they see of a conversation, and what they can do about it. */
export const threadAccess = z.object({
  /** `inbox`: an inbox of theirs holds some of its mail. `record`: they may read a contact. `manager`: it stands on none. */
  because: z.enum(['inbox', 'record', 'manager']),
  /** They are told all that its messages say. */
  tellsAll: z.boolean(),
  /** null where their inboxes decide nothing about it. */
  decides: levelChoice.nullable(),
  /** What became of their asking for more; null: not asked. */
  asked: z.enum(['open', 'granted', 'refused']).nullable(),
});
export type ThreadAccess = z.infer<typeof threadAccess>;

/** Somebody asks to see more of a conversation. */
export const accessRequest = z.object({
  id: z.number(),
  threadDocumentId: z.string(),
  /** As whoever answers sees it; null where they do not. */
  subject: z.string().nullable(),
  /** The address of the inbox whose owner is asked. */
  inboxAddress: z.string(),
  /** Who asks. */
  userName: z.string(),
  askedAt: z.string(),
});
export type AccessRequestAnswer = z.infer<typeof accessRequest>;

export const accessRequests = z.object({ requests: z.array(accessRequest) });
export type AccessRequestList = z.infer<typeof accessRequests>;

export const answerAccessRequest = z.object({ answer: z.enum(['granted', 'refused']) });
export type AnswerToAccessRequest = z.infer<typeof answerAccessRequest>;
