import { EmailConnectError } from './errors';

/** Why the wait was given up: the signal's reason, if it has one. */
export const givenUp = ({ reason }: AbortSignal): Error =>
  reason instanceof Error && reason.name !== 'AbortError'
    ? reason
    : new EmailConnectError('CONNECTION_LOST', 'Whoever asked waits no longer.', 'Ask again.');

/**
 * As `work`, but rejects with `givenUp` at once when `signal` aborts; a later result or failure of `work` is dropped.
 */
export const orGivenUp = <Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    const leave = () => reject(givenUp(signal));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
