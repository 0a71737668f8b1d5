import { z } from 'zod';
import type { Scene } from './scene';

const stored = z.array(z.object({ settings: z.string() }));

/**
 * Puts a word into every setting of the scene's inboxes that a person can choose, and into what the server said. Answers
 * what takes it out again.
 */
export const plantSettings = async (
  scene: Pick<Scene, 'rows' | 'run'>,
  word: string
): Promise<() => Promise<void>> => {
  const set = (settings: string) => scene.run(`update email_connect_inboxes set settings = '${settings}'`);
  const setState = (state: string, code: string, reason: string) =>
    scene.run(
      `update email_connect_inboxes set state = '${state}', state_code = '${code}', state_reason = '${reason}'`
    );
  const [row] = stored.parse(await scene.rows('select settings from email_connect_inboxes'));
  const before = row?.settings ?? '{}';
  const planted = {
    ...Object(JSON.parse(before)),
    logAddress: `uma+${word}@crm.test`,
    trustedAuthServers: [`mx.${word}.test`],
    sentFolderPath: `Sent ${word}`,
  };
  await set(JSON.stringify(planted));
  await setState('paused', 'LOGIN_REFUSED', `535 ${word}`);
  return async () => {
    await set(before);
    await setState('ok', '', '');
  };
};
