import { AsyncLocalStorage } from 'node:async_hooks';

const ours = new AsyncLocalStorage<true>();

/** Runs work whose queries are our own: `domain/access` has decided about them, or nobody is shown what they find. */
export const asOurQueries = <Result>(work: () => Result): Result => ours.run(true, work);

export const isOurQuery = (): boolean => ours.getStore() === true;
