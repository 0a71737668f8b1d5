// What a person does with an inbox: test, connect, edit, choose, pause, disconnect.
export { testWithinLimits } from './test-connection';
export type { ChosenFolders } from './test-connection';
export { connectInbox } from './connect-inbox';
export { editInbox, withStoredPasswords } from './edit-inbox';
export { choosePolicy } from './choose-policy';
export { watchFolders } from './watch-folders';
export { checkInbox } from './check-inbox';
export { disconnectInbox, pauseInbox, resumeInbox } from './change-inbox-state';
