import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import type { Ports } from '../../ports';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { withSession } from './look-into-folders';

type Connect = Ports['imap']['connect'];

/** A mailbox whose server does this with a login; `late`: the time for a look is over at once. */
const sceneOf = (connect: Connect, { late = false } = {}): Ports => {
  const { ports } = mailboxScene({ more: { imap: { connect } } });
  const sleep = late ? async () => undefined : ports.clock.sleep;
  return { ...ports, clock: { ...ports.clock, sleep } };
};
const look = (ports: Ports, signal = never): Promise<string> =>
  withSession(ports, inboxWith(), signal, async () => 'seen');

const refusing =
  (code: ErrorCode, retryAfterMs?: number): Connect =>
  async () => {
    throw new EmailConnectError(code, 'The cause.', 'It is tried again by itself.', 'said', { retryAfterMs });
  };
const hanging: Connect = () => new Promise(() => undefined);

describe('S47: a look into a mailbox for a person', () => {
  test('ends when whoever asked has gone, even where the server hangs', async () => {
    const gone = new AbortController();
    const looking = look(sceneOf(hanging), gone.signal);
    gone.abort();
    await expect(looking).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('ends by itself after its time, and says so', async () => {
    await expect(look(sceneOf(hanging, { late: true }))).rejects.toMatchObject({
      code: 'CONNECTION_TIMED_OUT',
      message: expect.stringContaining('took too long'),
    });
  });
});

describe('S39: a look that fails', () => {
  test.each(['LOGIN_THROTTLED', 'SERVER_THROTTLED', 'CONNECTION_LOST'] as const)(
    'for %s says nothing of a next try that nobody makes',
    async (code) => {
      const failing = look(sceneOf(refusing(code, 60_000)));
      await expect(failing).rejects.toMatchObject({ code, message: 'The cause.', detail: 'said' });
      await expect(failing).rejects.toMatchObject({
        nextStep: expect.stringMatching(/^Try again/),
        retryAfterMs: 60_000,
      });
    }
  );

  test('c27: of a server that allows one connection names what takes it', async () => {
    await expect(look(sceneOf(refusing('LOGIN_THROTTLED')))).rejects.toMatchObject({
      nextStep: expect.stringContaining('too few connections'),
    });
  });

  test('for another cause keeps its next step', async () => {
    await expect(look(sceneOf(refusing('LOGIN_REFUSED')))).rejects.toMatchObject({
      nextStep: 'It is tried again by itself.',
    });
  });
});
