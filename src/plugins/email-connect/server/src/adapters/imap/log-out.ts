import type { ImapFlow } from 'imapflow';

const PATIENCE_MS = 3_000;

/** LOGOUT, if the server answers within three seconds; the connection is closed in any case. Never rejects. */
export const logOut = async (client: ImapFlow): Promise<void> => {
  if (!client.usable) return client.close();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  // A refused or broken LOGOUT changes nothing: the connection is closed either way.
  await Promise.race([client.logout().catch(() => undefined), patience]);
  clearTimeout(timer);
  client.close();
};
