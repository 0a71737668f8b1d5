// What every story does first: load the inbox, open it, find its folders and the messages in them.
export { changeInbox, requireInbox } from './require-inbox';
export {
  accessTo,
  changedMeanwhile,
  dial,
  isSameLogin,
  loginOf,
  notConnected,
  secretOwner,
} from './open-inbox';
export type { Login } from './open-inbox';
export { ConnectQueue } from './connect-queue';
export { foldersToRead, primaryFolder } from './folders-to-read';
export { inFolder } from './in-folder';
export { folderAt, isSameLocation } from './location';
export { quarantinedIn } from './quarantined-in';
export { announceInbox, isReadable, isRunnable, recordState } from './inbox-state';
export { askInbox } from './ask-inbox';
