import type { AccessRequestState } from '../domain/access/access-request';
import type { Level, LevelPlace } from '../domain/access/level';
import type { PartialSight } from '../domain/access/sight';

/** An admin user asks the owner of an inbox to see more of a conversation. */
export interface AccessRequest {
  id: number;
  threadDocumentId: string;
  inboxDocumentId: string;
  userDocumentId: string;
  state: AccessRequestState;
  /** ISO. */
  askedAt: string;
}

export interface DecidingInbox {
  inboxDocumentId: string;
  /** What was chosen for all of the mail there. */
  level: Level | null;
  /** What rules leave of a message; [] for a conversation, for they meet single messages. */
  ruled: Level[];
}

/** How much others are told of mail, and who asked for more (S42). */
export interface LevelRecords {
  /** false while an update still works out which inboxes hold earlier mail. */
  isReady(): Promise<boolean>;
  /** Those of these inboxes whose level decides about mail there. */
  decidingAt(place: LevelPlace, inboxDocumentIds: readonly string[]): Promise<DecidingInbox[]>;
  /** Chooses a level, null: none of its own. Once there is one, whoever was told more because they had asked is not any more. */
  choose(place: LevelPlace, inboxDocumentIds: readonly string[], level: Level | null): Promise<void>;
  /** The inboxes by whose levels less than everything is told of the messages that they see of the thread. */
  restricting(threadDocumentId: string, sight: PartialSight): Promise<string[]>;
  /** Whether one of these inboxes holds mail there: their owners see it, whatever its level. */
  holdsAny(place: LevelPlace, inboxDocumentIds: readonly string[]): Promise<boolean>;
  /** Whether all messages of the thread are told in full. */
  tellsAll(threadDocumentId: string, sight: PartialSight): Promise<boolean>;
  /**
   * Opens a request at each of these inboxes; one that is there stays, unless it was refused before `askableBefore`.
   * Resolves with the inboxes at which one was opened.
   */
  ask(
    request: { threadDocumentId: string; inboxDocumentIds: readonly string[]; userDocumentId: string },
    at: Date,
    askableBefore: Date
  ): Promise<string[]>;
  /** Requests of the user about the thread. */
  askedBy(threadDocumentId: string, userDocumentId: string): Promise<AccessRequest[]>;
  /** Open requests at these inboxes, the oldest first; at most 200. */
  open(inboxDocumentIds: readonly string[]): Promise<AccessRequest[]>;
  /** false when it is not open any more. */
  answer(id: number, state: 'granted' | 'refused', by: string, at: Date): Promise<boolean>;
}

/** What Strapi's own routes read of mail, which is what everybody may read. */
export interface ProgramQueries {
  /** Runs work within which they are not narrowed to that. Its failures are its own. */
  unnarrowed<Result>(work: () => Promise<Result>): Promise<Result>;
}
