import { z } from 'zod';

const documentId = z.string().min(1).max(64);

/** An admin user, or everybody who has a role. */
export const named = z.object({ kind: z.enum(['user', 'role']), documentId });

const choice = named.extend({
  name: z.string(),
  /** An inbox can be handed to them: an active user with a role that may connect inboxes. */
  mayOwn: z.boolean(),
});
export type NamedChoice = z.infer<typeof choice>;

/** Whose an inbox is; for its owner and for users who manage all inboxes. */
export const ownership = z.object({
  /** null: their user was deleted. */
  owner: z.object({ documentId, name: z.string(), isActive: z.boolean() }).nullable(),
  /** Who uses it besides. */
  named: z.array(choice),
  /** Who may be named: active users, then roles. */
  choices: z.array(choice),
});
export type Ownership = z.infer<typeof ownership>;

export const nameOthersRequest = z.object({ named: z.array(named).max(200) });
export type NameOthersRequest = z.infer<typeof nameOthersRequest>;

/** `address`: the one that the manager saw. */
export const judgeAddressRequest = z.object({
  address: z.string().min(1).max(320),
  isTeamAddress: z.boolean(),
});
export type JudgeAddressRequest = z.infer<typeof judgeAddressRequest>;

export const handOverRequest = z.object({ ownerDocumentId: documentId });
export type HandOverRequest = z.infer<typeof handOverRequest>;
