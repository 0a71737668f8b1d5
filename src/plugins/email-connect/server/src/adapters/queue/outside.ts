import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Runs `work` in the context of nobody. What goes on after its request would keep that request with its body and password,
 * and would ask the database within a transaction of its caller that is over by then.
 */
export const outside: <Result>(work: () => Result) => Result = AsyncLocalStorage.snapshot();
