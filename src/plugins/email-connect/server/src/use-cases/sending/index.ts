// From a press of Send to a copy in Sent, and what a person may do meanwhile.
export { sendMessage } from './send-message';
export type { MessageToSend, SentMessage } from './send-message';
export { outboxKey, runOutbox } from './run-outbox';
export { requireOutgoing } from './require-outgoing';
export { releaseOutgoing } from './release-outgoing';
export { cancelOutgoing } from './cancel-outgoing';
export { settleOutgoing } from './settle-outgoing';
export { endSending } from './end-sending';
export { recordOutgoing } from './record-outgoing';
export type { RecordOutgoingPorts } from './record-outgoing';
