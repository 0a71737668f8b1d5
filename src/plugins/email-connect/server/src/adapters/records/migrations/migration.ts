import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';

/** What a migration that runs at a start works with. */
export interface MigrationContext {
  strapi: Strapi;
  /** Throws when another process has taken over: to be asked before each statement that changes something. */
  assertLock(): Promise<void>;
}

interface Numbered {
  /** 1, 2, 3: never used twice, never changed once it was released. */
  number: number;
  name: string;
}

/**
 * Runs at a start, before anything is read or sent. It may end between any two statements and is then run again from
 * its beginning: MariaDB has no transaction around changes of tables.
 * `before-schema`: before Strapi compares the tables with the content types, on the tables of the version before.
 * `after-schema`: once Strapi has added what is new.
 */
export interface StartMigration extends Numbered {
  phase: 'before-schema' | 'after-schema';
  up(context: MigrationContext): Promise<void>;
}

/** One that takes too long for a start: in steps, each in a transaction of its own, while the site works. */
export interface SteppedMigration extends Numbered {
  phase: 'stepped';
  /** From where the step before ended, '' at first. Returns where it ended, null at the end of all. */
  step(writer: Writer, position: string): Promise<string | null>;
}

export type Migration = StartMigration | SteppedMigration;
