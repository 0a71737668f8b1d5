import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import { isCopyStep } from '../../domain/outgoing/transition';
import type { Transition } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports, RecordedFacts } from '../../ports';
import { tryAgain, withPatience } from '../waiting';
import type { Tries } from '../waiting';
import type { HeldEntry } from './hold-claim';
import { tellOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';

export type RecordSurelyPorts = RecordOutgoingPorts & Pick<Ports, 'clock'>;

/** By `by`, an answer that was lost can be told from one that never came. */
export type HeldFacts = RecordedFacts & { by: string };

/**
 * Records what became of a claimed mail. Only this process knows the server's answer: a database that fails is asked
 * again, `tries` times and until `stop` aborts; then the last failure is thrown. If this process dies before, the
 * claim runs out, and the mail is looked for. false when the mail is in another stage by now.
 */
export const recordSurely = async (
  ports: RecordSurelyPorts,
  entry: OutboxEntry,
  transition: Transition,
  facts: HeldFacts,
  tries: Tries
): Promise<boolean> =>
  tryAgain(
    ports.clock,
    tries,
    async (tried) => {
      const isRecorded = await answered(ports.clock, ports.outbox.record(entry, transition, facts));
      if (!isRecorded && !(tried > 1 && (await isStored(ports, entry, transition, facts)))) return false;
      await tellOutgoing(ports, entry, transition);
      return true;
    },
    (error) => {
      const { detail } = toEmailConnectError(error);
      ports.logger.warn(`What became of message ${entry.messageDocumentId} is not recorded yet: ${detail}`);
    }
  );

const HELD_TRIES = 7;

/**
 * Outlasts a database that fails for a quarter of a minute, so that no copy becomes one of unknown outcome and no claim
 * is held in vain.
 */
export const recordHeld = (
  ports: RecordSurelyPorts,
  { entry, claimId, signal }: HeldEntry,
  transition: Transition,
  facts: Partial<RecordedFacts>
): Promise<boolean> =>
  recordSurely(
    ports,
    entry,
    transition,
    { under: { kind: 'claim', claimId }, by: claimId, ...facts },
    { tries: HELD_TRIES, stop: signal }
  );

/** A COMMIT may have taken effect although its answer was lost: then nobody has been told yet. */
const isStored = async (
  { clock, outbox }: RecordSurelyPorts,
  { messageDocumentId }: OutboxEntry,
  { from, to }: Transition,
  { by }: HeldFacts
): Promise<boolean> => {
  const stored = await answered(clock, outbox.load(messageDocumentId));
  if (!stored) return false;
  return isCopyStep({ from }) ? stored.claimId === by && stored.stage === to : stored.recordedBy === by;
};

/** Longer than a working database takes. A database that does not answer is asked again, over another connection. */
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
