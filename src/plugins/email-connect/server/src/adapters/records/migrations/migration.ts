import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';

/** The context of a migration that runs at a start. */
export interface MigrationContext {
  strapi: Strapi;
  /** Throws when another process has taken over: call it before each statement that changes something. */
  assertLock(): Promise<void>;
}

interface Numbered {
  /** 1, 2, 3: a number is never used twice, and never changed after a release. */
  number: number;
  name: string;
}

/**
 * Runs at a start, before anything is read or sent. It may be interrupted between any two statements and is then run
 * again from its beginning: MariaDB has no transaction around changes of tables. `before-schema`: before Strapi
 * compares the tables with the content types, on the tables of the version before. `after-schema`: once Strapi has
 * added what is new.
 */
export interface StartMigration extends Numbered {
  phase: 'before-schema' | 'after-schema';
  up(context: MigrationContext): Promise<void>;
}

/**
 * A migration that takes too long for a start: it runs in steps, each in a transaction of its own, while the site
 * works.
 */
export interface SteppedMigration extends Numbered {
  phase: 'stepped';
  /** Begins where the step before ended, '' at first. Returns where it ended, null at the end of the last step. */
  step(writer: Writer, position: string): Promise<string | null>;
}

export type Migration = StartMigration | SteppedMigration;
