import { EventEmitter } from 'node:events';
import type { ImapFlow } from 'imapflow';
import type { ServerAccess } from '../../ports';
import { Liveness } from './liveness';
import { readOptions } from './options';

const access = { host: 'imap.example.org', port: 993, password: 'secret' } as ServerAccess;

/** A connection whose NOOP ends like this. */
const asking = (noop: () => Promise<void>, usable = true): Promise<void> => {
  const client = Object.assign(new EventEmitter(), { noop, usable, close: () => undefined });
  return new Liveness(client as unknown as ImapFlow, access, readOptions({ restMs: 0 })).probe();
};

describe('c20: a probe', () => {
  test('passes where the server answers', async () => {
    await expect(asking(async () => undefined)).resolves.toBeUndefined();
  });

  test('fails where imapflow says nothing of its failure', async () => {
    await expect(asking(async () => undefined, false)).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('fails as ever where an IDLE that has not begun yet keeps it from going out', async () => {
    const gone = Object.assign(new Error('Connection not available'), { code: 'NoConnection' });
    await expect(asking(() => Promise.reject(gone))).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });
});
