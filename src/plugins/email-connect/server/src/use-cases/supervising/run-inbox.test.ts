import type { RecordedChange } from '../../ports';
import { EmailConnectError } from '../../domain/errors';
import { refusal } from '../../testing/fakes/fake-folder';
import { runLoop, start } from '../../testing/fakes/loop-scene';

describe('the loop of an inbox', () => {
  test('P10: is ok only after a whole pass, and lets go of everything when it is told to stop', async () => {
    const { states, log } = await runLoop({ inbox: { state: 'catching-up' } });
    expect(states).toEqual(['catching-up', 'ok']);
    expect(log).toEqual(['connect', 'inbox.changed', 'closed', 'released']);
  });

  test('c25: a refused password needs a person, and is not tried again for an hour', async () => {
    const { states, rests } = await runLoop({ connections: [refusal('LOGIN_REFUSED'), null] });
    expect(states).toEqual(['needs-you LOGIN_REFUSED', 'catching-up', 'ok']);
    expect(rests[0]).toBeGreaterThanOrEqual(3_600_000);
  });

  test('c26: a server that is away is tried again soon, and the next success clears it', async () => {
    const { states, rests } = await runLoop({
      connections: [refusal('CONNECTION_REFUSED'), null],
      rounds: 2,
    });
    expect(states).toEqual(['backing-off CONNECTION_REFUSED', 'catching-up', 'ok', 'ok']);
    expect(rests[0]).toBeLessThan(31_000);
  });

  test('c27: a server that says how long it wants to be left alone is left alone so long', async () => {
    const busy = new EmailConnectError('SERVER_THROTTLED', 'Busy.', 'Wait.', '', { retryAfterMs: 77_000 });
    expect((await runLoop({ connections: [busy, null] })).rests).toEqual([77_000]);
  });

  test('c20: a connection that the server closes is opened anew, with the cause on record', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, log } = await runLoop({
      rounds: 3,
      onWait: (round, { close }) => round === 0 && close(lost),
    });
    expect(states).toEqual(['ok', 'backing-off CONNECTION_LOST', 'catching-up', 'ok', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(2);
  });

  test('a.13: one that breaks during a pass is no reason to try again at once, and neither is a wake-up', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, rests } = await runLoop({ rounds: 1, breaksInPass: lost });
    expect(states).toEqual(['backing-off CONNECTION_LOST', 'catching-up', 'ok']);
    expect(rests).toEqual([2_000]);
  });

  test('a.13: a server that lets us in and drops us again and again is asked ever more seldom', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { rests } = await runLoop({ rounds: 5, roundMs: 1_000, onWait: (_, { close }) => close(lost) });
    expect(rests).toEqual([2_000, 3_000, 4_500, 6_750, 10_125].slice(0, rests.length));
    expect(rests.length).toBeGreaterThanOrEqual(4);
  });

  test('a.13: after a connection that lived for minutes, a failure counts as the first again', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { rests } = await runLoop({
      rounds: 12,
      roundMs: 120_000,
      onWait: (round, { close }) => [3, 7].includes(round) && close(lost),
    });
    expect(rests).toEqual([2_000, 2_000]);
  });

  test('P2: while another process holds the lease, nothing is connected', async () => {
    const { log } = await runLoop({ leases: [null, null, 1] });
    expect(log).toEqual(['connect', 'closed', 'released']);
  });

  test('S47: a database that cannot be asked ends no loop, and is complained of once', async () => {
    const away = refusal('DATABASE_BUSY');
    const { states, warnings } = await runLoop({ leases: [away, away, away, 1] });
    expect(states).toEqual(['ok']);
    expect(warnings.filter((warning) => warning.includes('waits for the database'))).toHaveLength(1);
  });

  test('P2, P10: one that lost the lease says nothing of how the inbox is', async () => {
    const lost = new EmailConnectError('CONNECTION_LOST', 'Gone.', 'Wait.');
    const { states, log } = await runLoop({ breaksInPass: lost, renews: false });
    expect(states).toEqual(['ok']);
    expect(log.filter((entry) => entry === 'released')).toHaveLength(2);
  });

  test('an inbox that is disconnected is left alone', async () => {
    expect((await runLoop({ inbox: { state: 'disconnected' } })).log).toEqual([]);
  });

  test('S8, S9: one that is paused is not read, and goes on sending', async () => {
    const { log, sends } = await runLoop({ inbox: { state: 'paused' }, stopsAtOnce: true });
    expect(log).toEqual(['released']);
    expect(sends).toBe(1);
  });

  test('S47: a failure of sending ends no reading, and is tried again', async () => {
    const { states, sends, log } = await runLoop({ outboxFails: refusal('UNEXPECTED'), rounds: 2 });
    expect(states).toEqual(['ok', 'ok']);
    expect(log.filter((entry) => entry === 'connect')).toHaveLength(1);
    expect(sends).toBe(2);
  });

  test('S7: a time without reading is on record when it is over', async () => {
    const lastPassAt = new Date(start - 20 * 60_000).toISOString();
    const { gaps, log } = await runLoop({ inbox: { lastPassAt }, rounds: 3 });
    expect(gaps).toEqual([{ from: lastPassAt, to: new Date(start).toISOString(), recovered: 0 }]);
    // Nothing came in it, so there is no news of it.
    expect(log).not.toContain('inbox.recovered');
  });

  test('S7: that it is over is told, inbox.recovered, once the inbox says so', async () => {
    const lastPassAt = new Date(start - 20 * 60_000).toISOString();
    const brings: RecordedChange[] = [
      {
        direction: 'incoming',
        bounces: false,
        receivedAt: new Date(start - 10 * 60_000).toISOString(),
        threadDocumentId: 'T',
        messageDocumentId: 'M',
        contacts: [],
      },
    ];
    const { told } = await runLoop({ inbox: { lastPassAt }, hasNewFolder: true, brings, rounds: 3 });
    const recovered = told.filter(({ kind }) => kind === 'inbox.recovered');
    expect(recovered.map(({ stored }) => [stored.state, stored.lastGap?.recovered])).toEqual([['ok', 1]]);
  });

  test('S7: inbox.changed is told once the inbox is as it says', async () => {
    const { told } = await runLoop({ inbox: { state: 'backing-off' } });
    const states = told.filter(({ kind }) => kind === 'inbox.changed').map(({ stored }) => stored.state);
    expect(states).toEqual(['catching-up', 'ok']);
  });

  test('c12: what folders there are is asked at every connection, and every quarter of an hour', async () => {
    expect((await runLoop({ rounds: 3 })).listed).toBe(1);
    expect((await runLoop({ rounds: 5, roundMs: 5 * 60_000 })).listed).toBe(2);
  });

  test('a.7: each step that is recorded is a sign of life', async () => {
    expect((await runLoop({ hasNewFolder: true, inbox: { connectedAt: null } })).beats).toEqual([
      5_000, 0, 60_000,
    ]);
    expect((await runLoop({})).beats).toEqual([5_000, 60_000]);
  });

  test('a.7: says at each turn for how long it will be silent', async () => {
    expect((await runLoop({ rounds: 2 })).beats.slice(-1)).toEqual([60_000]);
    const { beats } = await runLoop({ connections: [refusal('LOGIN_REFUSED'), null] });
    expect(Math.max(...beats)).toBeGreaterThanOrEqual(3_600_000);
  });
});
