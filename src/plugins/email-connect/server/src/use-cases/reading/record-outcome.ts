import { EmailConnectError } from '../../domain/errors';
import type {
  Location,
  LoggedFate,
  MessageToLog,
  MessageToQuarantine,
  PassOutcome,
  Ports,
  RecordedChange,
  RecordedPass,
} from '../../ports';

export type QuarantineReason = Pick<MessageToQuarantine, 'code' | 'detail'> &
  Partial<Pick<MessageToQuarantine, 'evidence' | 'gone'>>;

type AsideOf = (location: Location, reason: QuarantineReason) => MessageToQuarantine;
type RecordPorts = Pick<Ports, 'messages' | 'logger'>;

/** What a step writes besides its place in the folder. */
export type Gathered = Pick<
  PassOutcome,
  'logged' | 'sighted' | 'quarantined' | 'lifted' | 'suggested' | 'unlogged' | 'lookBack'
>;

/** Made anew for each step, which adds to its lists. */
export const nothingGathered = (): Gathered => ({
  logged: [],
  sighted: [],
  quarantined: [],
  lifted: [],
  suggested: [],
  unlogged: [],
  lookBack: null,
});

/**
 * Records a step. If the database refuses a part of it, and would refuse it again, all its messages go into
 * quarantine with the cursor, and are recorded one by one: messages that the database takes leave the quarantine at
 * once, and the one that it refuses blocks no other (P1).
 */
export const recordOutcome = async (
  ports: RecordPorts,
  outcome: PassOutcome,
  asideOf: AsideOf
): Promise<RecordedPass> => {
  try {
    return await ports.messages.recordPass(outcome);
  } catch (error) {
    if (!isDataRefused(error)) throw error;
    ports.logger.warn(
      `The database refused mail of "${outcome.folderPath}" (${error.detail}); it is written message by message.`
    );
    await setAside(ports, outcome, error, asideOf);
    return oneByOne(ports, outcome);
  }
};

const isDataRefused = (error: unknown): error is EmailConnectError =>
  error instanceof EmailConnectError && error.code === 'DATA_REFUSED';

/** Messages that are gone are in quarantine already, with all that is left of them. */
const setAside = async (
  { messages }: RecordPorts,
  outcome: PassOutcome,
  failure: EmailConnectError,
  asideOf: AsideOf
): Promise<void> => {
  const reason = { code: failure.code, detail: `${failure.message} ${failure.nextStep}` };
  const { sighted, suggested, quarantined } = outcome;
  const logged = outcome.logged.flatMap(({ location, message: { evidence } }) =>
    location ? [asideOf(location, { ...reason, evidence })] : []
  );
  try {
    await messages.recordPass({ ...outcome, logged: [], quarantined: [...quarantined, ...logged] });
  } catch (error) {
    if (!isDataRefused(error)) throw error;
    // The mail itself was not the cause, then. Without all that could be the cause, only the locations of these
    // messages are left.
    const bare = [...sighted, ...suggested, ...quarantined, ...logged].map(({ location }) =>
      asideOf(location, reason)
    );
    await messages.recordPass({ ...outcome, logged: [], sighted: [], suggested: [], quarantined: bare });
  }
};

const oneByOne = async ({ messages }: RecordPorts, outcome: PassOutcome): Promise<RecordedPass> => {
  const changes: RecordedChange[] = [];
  const logged: LoggedFate[] = [];
  const { cursorAfter, memory } = outcome;
  const base: PassOutcome = {
    ...outcome,
    ...nothingGathered(),
    cursorBefore: cursorAfter,
    lookBackBefore: memory.lookBackTo,
  };
  for (const one of outcome.logged) {
    const recorded = await recordOne(messages, base, one);
    changes.push(...recorded.changes);
    logged.push(...recorded.logged);
  }
  return { changes, logged };
};

const recordOne = async (
  messages: Ports['messages'],
  base: PassOutcome,
  one: MessageToLog
): Promise<RecordedPass> => {
  try {
    return await messages.recordPass({ ...base, logged: [one] });
  } catch (error) {
    if (!isDataRefused(error)) throw error;
    return { changes: [], logged: [{ kind: 'refused', failure: error }] };
  }
};
