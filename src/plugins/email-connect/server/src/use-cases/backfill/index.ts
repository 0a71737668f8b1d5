// Older mail: asked for, read in pieces, paused and ended.
export { requestBackfill } from './request-backfill';
export { BackfillInbox } from './backfill-inbox';
export { changeBackfill } from './change-backfill';
