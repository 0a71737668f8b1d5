import type { VerdictAnswer } from '../../../../shared/contracts/explanation';
import type { Glimpse } from '../../../../shared/contracts/location';
import type { QuarantinedMessageAnswer } from '../../../../shared/contracts/quarantine';
import type { Verdict } from '../../domain/logging/verdict';
import type { Candidate } from '../../domain/message/message';
import type { QuarantinedMessage } from '../../ports';

/** What a page shows about a message that is not logged. */
export const glimpseOf = ({ headers, receivedAt }: Candidate): Glimpse => ({
  from: headers.from,
  to: headers.to,
  subject: headers.subject,
  sentAt: headers.sentAt,
  receivedAt,
});

export const verdictAnswerOf = (verdict: Verdict): VerdictAnswer => ({
  kind: verdict.kind,
  reason: verdict.kind === 'ignore' ? verdict.reason : null,
  code: verdict.kind === 'hold' ? verdict.code : '',
  threadDocumentId: 'threadDocumentId' in verdict ? verdict.threadDocumentId : null,
  messageDocumentId: verdict.kind === 'known' ? verdict.messageDocumentId : null,
});

/** S28: mail to the log address that is not provably from the team. */
const HELD: ReadonlySet<string> = new Set(['LOG_SENDER_UNKNOWN', 'LOG_SENDER_UNVERIFIED']);

export const quarantinedAnswerOf = ({
  evidence,
  gone: _,
  ...message
}: QuarantinedMessage): QuarantinedMessageAnswer => ({
  ...message,
  kind: HELD.has(message.code) ? 'held' : 'unreadable',
  rung: evidence?.rung ?? null,
});
