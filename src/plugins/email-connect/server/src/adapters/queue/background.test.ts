import { AsyncLocalStorage } from 'node:async_hooks';
import { createBackground } from './background';

const untilStopped = (stop: AbortSignal): Promise<AbortSignal> =>
  new Promise((end) => stop.addEventListener('abort', () => end(stop)));

describe('background', () => {
  it('tells each work by a signal of its own: Node takes many listeners of one for a leak', async () => {
    const background = createBackground();
    const works = [background.run(untilStopped), background.run(untilStopped)];
    await background.stop();
    const [one, other] = await Promise.all(works);
    expect(one).not.toBe(other);
  });

  it('S31: keeps nothing of the request that began the work', async () => {
    const requests = new AsyncLocalStorage<string>();
    const run = () => createBackground().run(async () => requests.getStore());
    await expect(requests.run('with a password', run)).resolves.toBeUndefined();
  });

  it('tells work that begins after it was stopped at once', async () => {
    const background = createBackground();
    await background.stop();
    await background.run(async (stop) => expect(stop.aborted).toBe(true));
  });

  it('waits for work that fails, and hands its failure to who began it', async () => {
    const background = createBackground();
    const failing = background.run((stop) => untilStopped(stop).then(() => Promise.reject(new Error('No.'))));
    const failure = expect(failing).rejects.toThrow('No.');
    await background.stop();
    await failure;
  });
});
