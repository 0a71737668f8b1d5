import { complaintsOf } from '../testing/model/oracle';
import { calmDown, runHistory, settle } from '../testing/model/run-history';

test('P1: a message of old at which the server drops the connection is set aside, and the backfill comes to its end', async () => {
  const old = { inbox: 0, folder: 0, kind: 'reply' } as const;
  const world = await runHistory({
    ...{ hasObjectIds: true, isNumbered: true },
    before: [
      { ...old, bodyCuts: Infinity },
      { ...old, bodyCuts: 0 },
    ],
    steps: [
      { do: 'turn', inbox: 0, events: [], minutesAhead: 0 },
      { do: 'backfill', inbox: 0, days: 6 },
      { do: 'turn', inbox: 0, events: [], minutesAhead: 0 },
    ],
  });
  await calmDown(world);
  const settledFrom = world.now;
  await settle(world);
  expect(complaintsOf(world, settledFrom)).toEqual([]);
  expect(world.database.backfills.get('I')).toMatchObject({ state: 'done', scanned: 2, logged: 1 });
  expect([...world.database.quarantine.values()]).toMatchObject([
    { code: 'CONNECTION_LOST', location: { imapUid: 1 }, evidence: { rung: 'in-reply-to' } },
  ]);
});
