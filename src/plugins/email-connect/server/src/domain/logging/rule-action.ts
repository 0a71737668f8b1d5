/** What a rule does with the mail that it meets: keeps it out, or says how much others are told of it (S42). */
export const ruleActions = ['never-log', 'private', 'facts', 'subject'] as const;
export type RuleAction = (typeof ruleActions)[number];
/** Of mail that is logged. */
export type RuledLevel = Exclude<RuleAction, 'never-log'>;
