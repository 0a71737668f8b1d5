import { EmailConnectError } from '../errors';
import type { ServerSettings } from './inbox';

/** IMAP (RFC 9051, RFC 8314), submission (RFC 6409, RFC 8314), SMTP, and the one that providers offer where 25 is closed. */
const MAIL_PORTS: readonly number[] = [143, 993, 25, 465, 587, 2525];

/** Both ends are in it. */
export interface PortRange {
  from: number;
  to: number;
}

/** `1143` or `1024-65535`; null for what is no port, and no range that ascends. */
export const readPortRange = (text: string): PortRange | null => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (!match) return null;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && from <= to && to <= 65_535 ? { from, to } : null;
};

/**
 * Throws PORT_NOT_ALLOWED for a port that is neither of mail nor allowed: whoever connects an inbox could learn from it
 * what listens on a machine (S37).
 */
export const assertMailPort = (
  { host, port }: Pick<ServerSettings, 'host' | 'port'>,
  allowed: readonly PortRange[]
): void => {
  if (MAIL_PORTS.includes(port) || allowed.some(({ from, to }) => port >= from && port <= to)) return;
  throw new EmailConnectError(
    'PORT_NOT_ALLOWED',
    `Port ${port} of ${host.replace(/\p{Cc}+/gu, ' ').slice(0, 253)} is none of mail.`,
    'Enter the port from the help of your provider: 993 or 143 to read, 465 or 587 to send. If it is right, an administrator of this installation adds it to allowedPorts; then try again.'
  );
};
