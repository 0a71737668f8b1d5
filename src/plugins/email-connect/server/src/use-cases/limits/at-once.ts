import { EmailConnectError } from '../../domain/errors';

/** Each holds two connections, and the memory of what a server answers, for up to a minute. */
const OF_ONE_PERSON = 2;
const IN_ALL = 10;

/** Tests of connections that run in this process (S47). */
export class AtOnce {
  private readonly running: string[] = [];

  /** Runs `work` for this admin user, or rejects with RATE_LIMITED when too many run already. */
  async run<Result>(actor: string, work: () => Promise<Result>): Promise<Result> {
    const ofThem = this.running.filter((one) => one === actor).length;
    if (ofThem >= OF_ONE_PERSON) throw busy(`${OF_ONE_PERSON} tests of yours are still running.`);
    if (this.running.length >= IN_ALL) throw busy('Too many others test a connection at this moment.');
    this.running.push(actor);
    try {
      return await work();
    } finally {
      this.running.splice(this.running.indexOf(actor), 1);
    }
  }
}

const busy = (message: string): EmailConnectError =>
  new EmailConnectError(
    'RATE_LIMITED',
    message,
    'Wait until one has ended: each takes a minute at most.',
    '',
    {
      retryAfterMs: 60_000,
    }
  );
