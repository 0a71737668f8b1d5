// How anything is waited for.
export { withPatience } from './with-patience';
export { inTime } from './in-time';
export { tryAgain } from './try-again';
export type { Tries } from './try-again';
export { keepRenewed } from './keep-renewed';
