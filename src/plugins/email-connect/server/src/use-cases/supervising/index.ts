// Which loop runs where, and when. `run-inbox` is one inbox: its lease, its reading loop, its sending loop.
export { superviseInboxes } from './supervise-inboxes';
export type { Supervisor } from './supervise-inboxes';
export { followSignals } from './follow-signals';
