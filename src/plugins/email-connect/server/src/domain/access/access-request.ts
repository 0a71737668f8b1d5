/** What became of asking to see more of a conversation. */
export const accessRequestStates = ['open', 'granted', 'refused'] as const;
export type AccessRequestState = (typeof accessRequestStates)[number];
