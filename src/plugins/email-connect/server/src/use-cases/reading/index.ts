// From a folder to a logged mail: a pass of the inbox, in the order of its steps.
export type { Pass, SyncPorts } from './pass';
export { refreshFolders } from './refresh-folders';
export { syncInbox } from './sync-inbox';
export { candidateOf, contextOf, factsFor } from './decision-facts';
export { intoThread, mailToPlace } from './mail-to-place';
export { decideAll, decideMessages, judgeMessages } from './judge-messages';
export type { JudgedMessage } from './judge-messages';
export { withTraces } from './read-further';
export type { DecidedMessage } from './read-further';
export { ApplyVerdicts } from './apply-verdicts';
export { LostAt, withLosses } from './lost-at';
export { RecordStep } from './record-step';
export { answerRequests } from './answer-requests';
export { refetchFiles } from './refetch-files';
export { compareCopies } from './compare-copies';
