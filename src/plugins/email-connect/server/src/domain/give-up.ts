import { EmailConnectError } from './errors';

/** Why nobody waits any more: the reason that the signal was given, if it was given one. */
export const givenUp = ({ reason }: AbortSignal): Error =>
  reason instanceof Error && reason.name !== 'AbortError'
    ? reason
    : new EmailConnectError('CONNECTION_LOST', 'Whoever asked waits no longer.', 'Ask again.');

/** As `work`, but rejects with `givenUp` at once when `signal` aborts: of what becomes of `work` then, nobody hears. */
export const orGivenUp = <Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    const leave = () => reject(givenUp(signal));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
