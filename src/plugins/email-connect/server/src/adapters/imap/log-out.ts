import type { ImapFlow } from 'imapflow';

const PATIENCE_MS = 3_000;

/** A goodbye, if the server takes it within three seconds; the connection is closed in any case. Never rejects. */
export const logOut = async (client: ImapFlow): Promise<void> => {
  if (!client.usable) return client.close();
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  // A refused or broken goodbye changes nothing: the connection is given up either way.
  await Promise.race([client.logout().catch(() => undefined), patience]);
  clearTimeout(timer);
  client.close();
};
