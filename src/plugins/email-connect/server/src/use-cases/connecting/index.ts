// What a person does with an inbox: test, connect, edit, choose, share, hand over, pause, disconnect.
export { testOnRecord } from './test-on-record';
export type { ChosenFolders } from './test-connection';
export { connectInbox } from './connect-inbox';
export { editInbox } from './edit-inbox';
export { choosePolicy } from './choose-policy';
export { watchFolders } from './watch-folders';
export { handOver } from './hand-over';
export { nameOthers } from './name-others';
export { judgeAddress } from './judge-address';
export { checkInbox } from './check-inbox';
export { disconnectInbox, pauseInbox, resumeInbox } from './change-inbox-state';
