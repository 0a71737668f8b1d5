/** The little of better-sqlite3 that tests need: it ships no types of its own. */
declare module 'better-sqlite3' {
  class Database {
    constructor(file: string, options?: { timeout?: number });
    prepare(sql: string): {
      all(...values: (string | number)[]): unknown[];
      run(...values: (string | number | null)[]): unknown;
    };
    exec(sql: string): unknown;
    close(): void;
  }
  export = Database;
}
