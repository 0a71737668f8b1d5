import type { ServerSettings } from '../../domain/inbox/inbox';

/** A server's login as a person types it. */
export const serverAt = (host: string, username: string): ServerSettings => ({
  host,
  port: 993,
  tls: 'implicit',
  username,
  pinnedCertificate: null,
});
