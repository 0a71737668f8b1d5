import { isCopyStep } from '../../domain/outgoing/transition';
import type { Transition } from '../../domain/outgoing/transition';
import { toldOf } from '../../domain/outgoing/stage';
import type { OutboxEntry, OutboxRecords, RecordedFacts } from '../../ports';
import { id } from './build-mail';

export const outboxEntry = (change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  outboxId: 1,
  inboxDocumentId: 'I',
  messageDocumentId: 'M',
  threadDocumentId: 'T',
  messageId: id('c.1@crm.test'),
  contacts: [],
  smtpEnvelope: { mailFrom: 'us@crm.test', rcptTo: ['ann@customer.test'] },
  sourceKey: 'key',
  composedFor: 'us@crm.test us',
  stage: 'queued',
  attempts: 0,
  looks: 0,
  isDoubted: false,
  claimId: null,
  recordedBy: null,
  failure: null,
  ...change,
});

/** An outbox of one mail, whose rows behave as the records' do; times are left out. */
export class FakeOutbox {
  readonly transitions: Transition[] = [];
  readonly facts: RecordedFacts[] = [];
  /** It was seen in a mailbox. */
  isEvident = false;
  /** How often recording fails before it succeeds. */
  failsToRecord = 0;
  /** How many answers to a claim are lost after it is done. */
  losesClaims = 0;
  /** What `renew` answers, in turn; true when there is nothing more. */
  readonly renewals: (boolean | Error)[] = [];

  constructor(public entry: OutboxEntry) {}

  get told(): string {
    return toldOf(this.entry.stage);
  }

  readonly records: Pick<
    OutboxRecords,
    'listDue' | 'listEvident' | 'listOpen' | 'load' | 'claim' | 'renew' | 'record'
  > = {
    listDue: async () => [this.entry],
    listEvident: async () =>
      this.isEvident && ['unknown', 'asked'].includes(this.entry.stage) ? [this.entry] : [],
    listOpen: async () => [this.entry],
    load: async () => this.entry,
    claim: async (read, { to, claimId }) => {
      if (claimId === this.entry.claimId) return this.entry;
      if (read.stage !== this.entry.stage || read.claimId !== this.entry.claimId) return null;
      this.entry = {
        ...this.entry,
        stage: to,
        claimId,
        attempts: this.entry.attempts + (to === 'submitting' ? 1 : 0),
        looks: this.entry.looks + (to === 'submitting' ? 0 : 1),
      };
      if (this.losesClaims > 0) {
        this.losesClaims -= 1;
        throw new Error('The answer was lost.');
      }
      return this.entry;
    },
    renew: async () => {
      const answer = this.renewals.shift() ?? true;
      if (answer instanceof Error) throw answer;
      return answer;
    },
    record: async (_, transition, facts) => {
      if (this.failsToRecord > 0) {
        this.failsToRecord -= 1;
        throw new Error('The database is away.');
      }
      const { under } = facts;
      const isOurs =
        under.kind === 'stage' || under.kind === 'ran-out' || under.claimId === this.entry.claimId;
      if (!isOurs || !transition.from.includes(this.entry.stage)) return false;
      this.transitions.push(transition);
      this.facts.push(facts);
      const isDoubted = this.entry.isDoubted || transition.to === 'unknown';
      const by = isCopyStep(transition) ? undefined : facts.by;
      const recordedBy = by ?? this.entry.recordedBy;
      this.entry = {
        ...this.entry,
        stage: transition.to,
        isDoubted,
        failure: transition.failure,
        recordedBy,
      };
      return true;
    },
  };
}
