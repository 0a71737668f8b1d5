import { getEventListeners } from 'node:events';
import { wait } from './wait';

test('waits for the time, and leaves nothing in a signal that lives on', async () => {
  const { signal } = new AbortController();
  for (let times = 0; times < 3; times += 1) await wait(1, signal);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('ends at once when it is told to', async () => {
  const page = new AbortController();
  const waiting = wait(60_000, page.signal);
  page.abort();
  await waiting;
  await wait(60_000, page.signal);
});
