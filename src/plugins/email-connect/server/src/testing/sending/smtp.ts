import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import { orGivenUp } from '../../domain/give-up';
import type { Smtp } from '../../ports';
import { passwordOf } from './handover';
import type { Handover } from './handover';
import { LONG_AWAY_MS } from './process';
import type { SendingProcess } from './process';
import type { SmtpEnding } from './history';
import type { SendingWorld } from './world';

const SECOND_MS = 1_000;
/** As long as a client waits for an answer after the last byte (RFC 5321 4.5.3.2.6). */
const SILENCE_MS = 600 * SECOND_MS;
/** And after it was told to stop. */
const GRACE_MS = 1_500;
/** No answer comes before what it is about. */
const ROUND_TRIP_MS = 100;

const WELL: SmtpEnding = {
  before: 'goes-on',
  upload: 0,
  after: 'taken',
  takes: true,
  silent: 0,
  losesDatabase: false,
};
const text = new TextDecoder();

/** The sender's SMTP server, as a process sees it; it obeys its signal as the adapter does. */
export const modelSmtp = (world: SendingWorld, process: SendingProcess): Smtp => ({
  test: (access, signal) =>
    orGivenUp(
      signal,
      process.call('smtp', () => {
        if (access.password !== passwordOf(access.username)) throw failure('LOGIN_REFUSED');
      })
    ),
  submit: async (access, envelope, source, signal) => {
    if (signal.aborted) throw failure('LEASE_LOST');
    const ending = await process.call(
      'smtp',
      () => {
        if (access.password !== passwordOf(access.username)) throw failure('LOGIN_REFUSED');
        return world.nextEnding() ?? WELL;
      },
      'connect'
    );
    await process.sleep(ending.upload * SECOND_MS, signal);
    if (signal.aborted) throw failure('LEASE_LOST');
    if (ending.before !== 'goes-on') throw failure(BEFORE[ending.before]);
    const handover: Handover = {
      mail: world.mailNamed(text.decode(source)),
      login: access.username,
      mailFrom: envelope.mailFrom,
      at: 0,
      isRefused: false,
    };
    // Whatever ends this process from here on, the server has it.
    await process.call(
      'smtp',
      () => {
        if (signal.aborted) throw failure('LEASE_LOST');
        world.handedOver(handover, ending);
      },
      'last-byte'
    );
    return answer(world, process, handover, ending, signal);
  },
});

const BEFORE: Record<Exclude<SmtpEnding['before'], 'goes-on'>, ErrorCode> = {
  refused: 'SENDER_REFUSED',
  throttled: 'SERVER_THROTTLED',
  away: 'CONNECTION_REFUSED',
  dropped: 'CONNECTION_LOST',
};

/** What the client hears: the server's answer, or nothing within its patience. */
const answer = async (
  world: SendingWorld,
  process: SendingProcess,
  handover: Handover,
  ending: SmtpEnding,
  signal: AbortSignal
): ReturnType<Smtp['submit']> => {
  const isAnswered = await new Promise<boolean>((resolve) => {
    const stop = () => void process.after(GRACE_MS, () => resolve(false));
    process.after(SILENCE_MS, () => resolve(false));
    process.after(ending.silent * SECOND_MS + ROUND_TRIP_MS, () => resolve(ending.after !== 'dropped'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  if (!isAnswered) throw failure('SEND_OUTCOME_UNKNOWN');
  return process
    .call(
      'smtp',
      () => {
        if (ending.losesDatabase) world.goAway(process.slot, LONG_AWAY_MS);
        const receipt = answerOf(handover, ending);
        world.witness.heardOfYes(handover, process);
        return receipt;
      },
      'answer'
    )
    .catch((error: unknown) => {
      // A connection that breaks while the answer is under way.
      const isLost = error instanceof EmailConnectError && error.code === 'CONNECTION_LOST';
      throw isLost ? failure('SEND_OUTCOME_UNKNOWN') : error;
    });
};

const answerOf = (handover: Handover, { after }: SmtpEnding): Awaited<ReturnType<Smtp['submit']>> => {
  if (after === 'refused' || after === 'throttled') {
    handover.isRefused = true;
    throw failure(after === 'refused' ? 'MESSAGE_REFUSED' : 'SERVER_THROTTLED');
  }
  const refused = after === 'partly' ? [{ recipient: 'bob@customer.test', response: '550 No.' }] : [];
  return { serverMessageId: null, response: '250 OK', refused };
};

const failure = (code: ErrorCode): EmailConnectError =>
  new EmailConnectError(code, 'It did not work.', 'Wait.');
