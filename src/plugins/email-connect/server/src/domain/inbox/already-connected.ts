import { EmailConnectError } from '../errors';

/** One mailbox is one inbox: two would read and log everything twice, each by its own settings. */
export const alreadyConnected = (address: string): EmailConnectError =>
  new EmailConnectError(
    'INBOX_ALREADY_CONNECTED',
    `${address} is connected already.`,
    'Open it in the list of inboxes to change or reconnect it.'
  );
