import type { ImapCommand } from '../imap-session';
import { bad } from '../imap-refusal';

/** RFC 2177: changes in the folder are sent at once, until the client says DONE. */
export const idle: ImapCommand = {
  names: ['IDLE'],
  needs: 'login',
  capability: 'IDLE',
  async run(session, args) {
    args.end();
    await session.tellUpdates(true);
    session.isIdling = true;
    const line = await session.nextLine('idling', false);
    session.isIdling = false;
    if (line.toUpperCase() !== 'DONE') throw bad('Expected DONE');
    return 'Done';
  },
};
