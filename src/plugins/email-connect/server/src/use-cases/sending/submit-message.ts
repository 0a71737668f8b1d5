import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { isComposedFor } from '../../domain/outgoing/composed-for';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import { transitionOf } from '../../domain/outgoing/transition';
import type { OutgoingFailure, Transition } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports, SubmissionReceipt } from '../../ports';
import { accessTo, requireInbox } from '../inbox';
import { readAll } from '../files';
import { holdClaim } from './hold-claim';
import type { HeldEntry } from './hold-claim';
import { recordSurely } from './record-surely';
import type { HeldFacts, RecordSurelyPorts } from './record-surely';

export type SubmitPorts = RecordSurelyPorts &
  Pick<Ports, 'background' | 'random' | 'hosts' | 'secrets' | 'inboxes' | 'smtp'>;

/** The recorded stage of the mail, and what a person is told about it. */
export interface Submitted {
  stage: OutgoingStage;
  failure: OutgoingFailure | null;
}

/**
 * Hands one mail to the sender's own server, once: the very bytes that were stored (S9, S14, S51). Three phases:
 * claim it, submit it, record the answer until it is recorded. Resolves with what is recorded; null when another
 * process had the mail, or somebody settled it meanwhile. Rejects only where nothing could be recorded.
 */
export const submitMessage = async (
  ports: SubmitPorts,
  entry: OutboxEntry,
  stop: AbortSignal
): Promise<Submitted | null> => {
  return holdClaim(ports, entry, 'submitting', stop, async (held) => {
    const { transition, facts } = decide(held, await submit(ports, held));
    // Does not end with the loop that submitted: a failing database first costs that loop its lease.
    const isRecorded = await ports.background.run((end) =>
      recordSurely(ports, held.entry, transition, facts, { tries: Infinity, stop: end })
    );
    return isRecorded ? { stage: transition.to, failure: transition.failure } : null;
  });
};

type Outcome =
  { kind: 'taken'; receipt: SubmissionReceipt } | { kind: 'not-taken'; error: EmailConnectError };

const submit = async (ports: SubmitPorts, { entry, signal }: HeldEntry): Promise<Outcome> => {
  try {
    // The inbox as it is stored now, like the passwords: the newest password must not go to a host, or be used in a
    // name, that was edited away (S4).
    const inbox = await requireInbox(ports, entry.inboxDocumentId);
    if (!isComposedFor(entry.composedFor, inbox)) throw inboxChanged(inbox);
    const source = await readAll(await ports.attachments.open(entry.sourceKey));
    const access = await accessTo(ports, inbox, 'smtp', signal);
    return { kind: 'taken', receipt: await ports.smtp.submit(access, entry.smtpEnvelope, source, signal) };
  } catch (error) {
    return { kind: 'not-taken', error: toEmailConnectError(error) };
  }
};

const decide = (
  { entry, claimId }: HeldEntry,
  outcome: Outcome
): { transition: Transition; facts: HeldFacts } => {
  if (outcome.kind === 'taken') {
    const { receipt } = outcome;
    const refused = receipt.refused.map(({ recipient }) => recipient);
    return {
      transition: transitionOf({ kind: 'taken', refused }),
      facts: { under: { kind: 'stage' }, by: claimId, receipt },
    };
  }
  const { code, message, nextStep, detail } = outcome.error;
  const transition = transitionOf({
    kind: 'not-taken',
    failure: { code, message, nextStep, detail },
    attempts: entry.attempts,
    isDoubted: entry.isDoubted,
    isAnswered: ANSWERS.has(code),
  });
  return { transition, facts: { under: { kind: 'attempt', claimId }, by: claimId } };
};

/** The server's own refusals of this mail: as certain as its acceptance. */
const ANSWERS: ReadonlySet<string> = new Set([
  'SENDER_REFUSED',
  'RECIPIENT_REFUSED',
  'MESSAGE_REFUSED',
  'MESSAGE_TOO_LARGE',
]);

const inboxChanged = ({ address }: Inbox): EmailConnectError =>
  new EmailConnectError(
    'INBOX_CHANGED',
    `This mail was written for another address or login than ${address} has now.`,
    'Edit the mail and send it again.'
  );
