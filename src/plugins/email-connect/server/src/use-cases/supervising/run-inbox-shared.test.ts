import { refusal } from '../../testing/fakes/fake-folder';
import { runLoop } from '../../testing/fakes/loop-scene';
import type { LoopScene, LoopWorld } from '../../testing/fakes/loop-scene';
import { inboxWith } from '../../testing/fakes/mailbox-scene';

describe('the loop of an inbox that people change meanwhile', () => {
  test('S52: a pause ends the pass that is under way, and is not written over', async () => {
    const { states, log, read } = await runLoop({ inPass: ({ change }) => change({ state: 'paused' }) });
    expect([states, read]).toEqual([[], 1]);
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('S52: a pause that was not heard holds from the next turn on', async () => {
    const onWait: LoopScene['onWait'] = (round, { changeUnheard }) =>
      round === 0 ? changeUnheard({ state: 'paused' }) : undefined;
    const { states, log } = await runLoop({ rounds: 3, onWait });
    expect(states).toEqual(['ok']);
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('S52: one whose pause ends is read again, whoever ended it', async () => {
    const { states, log } = await runLoop({
      inbox: { state: 'paused' },
      rounds: 2,
      onWait: (round, { change }) => (round === 0 ? change({ state: 'catching-up' }) : undefined),
    });
    expect(states).toEqual(['catching-up', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(1);
  });

  test('S4, S52: one that is disconnected meanwhile is let go of, and its lease too', async () => {
    const disconnect = ({ change }: LoopWorld) => change({ state: 'disconnected' });
    const { states, log, read } = await runLoop({ rounds: 9, inPass: disconnect });
    expect([states, read]).toEqual([[], 1]);
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('S52: what is changed of it holds from the next step on, over the same connection', async () => {
    const policy = 'known-contacts';
    const { states, log, read, stored } = await runLoop({ inPass: ({ change }) => change({ policy }) });
    // The pass ended after its first folder, and a whole one came after it.
    expect(read).toBe(3);
    expect(states).toEqual(['ok']);
    expect(stored).toMatchObject({ policy, version: 2, state: 'ok' });
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('S52: another server or login is logged in to anew', async () => {
    const imap = { ...inboxWith().imap, username: 'other' };
    const { log, states } = await runLoop({
      inPass: ({ change }) => change({ imap, state: 'catching-up' }),
    });
    expect(log.filter((entry) => entry !== 'inbox.changed')).toEqual([
      'connect',
      'closed',
      'connect',
      'closed',
      'released',
    ]);
    expect(states).toEqual(['catching-up', 'ok']);
  });

  test('c25, S52: a server that refused is left alone by whoever takes the inbox next', async () => {
    const inbox = { state: 'needs-you', stateCode: 'LOGIN_REFUSED', consecutiveFailures: 2 } as const;
    const { rests, log } = await runLoop({ inbox, restMs: 3_000_000 });
    expect(rests).toEqual([3_000_000]);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(1);
  });

  test('c25, S52: until a person says otherwise, in whichever process', async () => {
    const { rests, states } = await runLoop({
      inbox: { state: 'needs-you' },
      restMs: 3_000_000,
      onWait: (_, { change, stored }) =>
        stored().state === 'needs-you' ? change({ state: 'catching-up' }, { endsRest: true }) : undefined,
    });
    expect(rests).toEqual([3_000_000]);
    expect(states).toEqual(['catching-up', 'ok']);
  });

  test('c25, S52: a failure of what a person has corrected meanwhile is nobody’s rest', async () => {
    const { rests, states } = await runLoop({
      breaksInPass: refusal('LOGIN_REFUSED'),
      inPass: ({ change }) => change({ state: 'catching-up', senderName: 'Uma' }, { endsRest: true }),
    });
    expect(rests).toEqual([]);
    expect(states).toEqual(['catching-up', 'ok']);
  });

  test('a.13, S52: failures are counted on over restarts', async () => {
    const connections = [refusal('CONNECTION_REFUSED'), null];
    const { rests, stored } = await runLoop({ connections, inbox: { consecutiveFailures: 3 }, rounds: 1 });
    expect(rests).toEqual([6_750]);
    expect(stored.consecutiveFailures).toBe(4);
  });
});
