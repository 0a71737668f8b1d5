/** Where a browser is; null for none. */
export declare const chromiumPath: () => string | null;
/** What a suite may need besides npm, by name: whether it was found, where, and how to get it. */
export declare const detectServices: (env?: NodeJS.ProcessEnv) => Promise<Record<string, unknown>>;
