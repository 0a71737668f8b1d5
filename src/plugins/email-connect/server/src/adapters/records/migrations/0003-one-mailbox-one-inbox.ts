import { filesAreDue } from './files-are-due';
import type { StartMigration } from './migration';

export const oneMailboxOneInbox: StartMigration = {
  number: 3,
  name: 'one mailbox, one inbox',
  phase: 'after-schema',
  up: filesAreDue,
};
