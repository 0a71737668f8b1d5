import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs `work` outside the caller's async context. Otherwise work that outlives its request would keep that request
 * with its body and password in memory, and would query the database in its caller's transaction, which is over by
 * then.
 */
export const outside: <Result>(work: () => Result) => Result = AsyncLocalStorage.snapshot();
