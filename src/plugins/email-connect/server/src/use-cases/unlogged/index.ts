// Mail that is not logged: search it, ask why, try other rules, log it now.
export { searchInbox } from './search-inbox';
export { explainMessage } from './explain-message';
export type { Explained } from './explain-message';
export { dryRunLogging } from './dry-run-logging';
export { listSuggestions } from './list-suggestions';
export { acceptSuggestion, dismissSuggestion } from './answer-suggestion';
export { logByHand } from './log-by-hand';
export { retryQuarantine } from './retry-quarantine';
export { quarantinedAnswerOf } from './unlogged-answer';
