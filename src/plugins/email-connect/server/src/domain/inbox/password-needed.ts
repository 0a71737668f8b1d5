import { EmailConnectError } from '../errors';

/** PASSWORD_NEEDED: the stored password of `protocol` is for another login than the one it was to be sent to (S43). */
export const passwordNeeded = (protocol: 'imap' | 'smtp'): EmailConnectError =>
  new EmailConnectError(
    'PASSWORD_NEEDED',
    `The stored ${protocol.toUpperCase()} password goes only to the server, certificate and user name that it was entered for.`,
    'Enter the password again, or put the former server, certificate and user name back.'
  );
