import { EmailConnectError, toEmailConnectError } from '../domain/errors';
import type { Transition } from '../domain/outgoing/transition';
import type { OutboxEntry, Ports, RecordedFacts } from '../ports';
import { tellOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';
import { withPatience } from './with-patience';

export type RecordSurelyPorts = RecordOutgoingPorts & Pick<Ports, 'clock'>;

/** By `by`, an answer that was lost is known from one that never came. */
export type HeldFacts = RecordedFacts & { by: string };

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 15_000;

/**
 * Records what became of a mail that is in hand. What a server answered is known here and nowhere else: a database that is
 * away is asked again, `tries` times and until `stop` aborts; then the last failure is thrown. If this process ends before,
 * the claim runs out, and the mail is looked for. false when the mail stands elsewhere by now.
 */
export const recordSurely = async (
  ports: RecordSurelyPorts,
  entry: OutboxEntry,
  transition: Transition,
  facts: HeldFacts,
  { tries, stop }: { tries: number; stop: AbortSignal }
): Promise<boolean> => {
  let waitMs = FIRST_WAIT_MS;
  for (let tried = 1; ; tried += 1) {
    try {
      const isRecorded = await answered(ports.clock, ports.outbox.record(entry, transition, facts));
      if (!isRecorded && !(tried > 1 && (await isStored(ports, entry, facts)))) return false;
      await tellOutgoing(ports, entry, transition);
      return true;
    } catch (error) {
      if (tried === tries || stop.aborted) throw error;
      ports.logger.warn(
        `What became of message ${entry.messageDocumentId} is not recorded yet: ${toEmailConnectError(error).detail}`
      );
      await ports.clock.sleep(waitMs, stop);
      waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS);
    }
  }
};

/** A COMMIT may have been done although its answer was lost: then nobody has been told of it yet. */
const isStored = async (
  { clock, outbox }: RecordSurelyPorts,
  { messageDocumentId }: OutboxEntry,
  { by }: HeldFacts
): Promise<boolean> => {
  const stored = await answered(clock, outbox.load(messageDocumentId));
  return stored !== null && stored.recordedBy === by;
};

/** Longer than a database takes that is there. One that says nothing is asked again, over another connection. */
const DATABASE_PATIENCE_MS = 20_000;

const answered = async <Answer>(clock: Ports['clock'], asked: Promise<Answer>): Promise<Answer> => {
  const answer = await withPatience(
    clock,
    DATABASE_PATIENCE_MS,
    asked.then((value) => ({ value }))
  );
  if (answer) return answer.value;
  throw new EmailConnectError(
    'DATABASE_BUSY',
    'The database does not answer.',
    'Look whether the database is reachable.',
    'no answer'
  );
};
