/** How much others are told of a mail, the least first. `facts`: when, with whom and which way. `subject`: also subject and file names. */
export const levels = ['private', 'facts', 'subject', 'full'] as const;
export type Level = (typeof levels)[number];
/** Of what somebody sees. */
export type ToldLevel = Exclude<Level, 'private'>;

/** Mail for which a level is chosen: a conversation, or one message of it. */
export interface LevelPlace {
  threadDocumentId: string;
  /** null: the whole conversation. */
  messageDocumentId: string | null;
}

export const isAtLeast = (level: Level, floor: Level): boolean =>
  levels.indexOf(level) >= levels.indexOf(floor);

/** The levels at which less is told than at this one. */
export const levelsBelow = (floor: Level): Level[] => levels.filter((level) => !isAtLeast(level, floor));

/** `full` of none. */
export const strictest = (of: readonly Level[]): Level =>
  levels.find((level) => of.includes(level)) ?? 'full';
