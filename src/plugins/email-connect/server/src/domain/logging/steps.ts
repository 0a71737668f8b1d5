import type { Decision, DecisionStep, IgnoreReason, StepName, Verdict } from './verdict';

/** The record of a step that had no answer. Constants, because every message of strangers passes through all steps. */
export const passed: Readonly<Record<StepName, DecisionStep>> = Object.fromEntries(
  Object.entries({
    draft: 'It is no draft.',
    recorded: 'It is not recorded yet.',
    removed: 'Nobody removed it.',
    'folder-role': 'Its folder is not one in which everything is logged.',
    'by-hand': 'Nobody asked for this very message.',
    'log-address': 'It did not come by the log address, or another step decides about it.',
    'never-log-rule': 'No never-log rule matches it.',
    'own-id': 'It cites nothing that was sent from here.',
    'in-reply-to': 'It answers no recorded message.',
    references: 'It cites no recorded message.',
    'thread-index': 'Its Thread-Index belongs to no logged thread.',
    'original-id': 'It was not known under an earlier id.',
    'server-thread': 'The mail server groups it with no logged thread whose participants are on it.',
    'returned-part': 'It is no notice about a recorded message.',
    subject: 'It is not likely to continue a single open thread of its sender.',
    'known-contact': 'The inbox does not log all mail with contacts, or no contact is on it.',
    'thread-state': 'The thread is open.',
    'contact-paused': 'Someone is on it whose mail is not paused.',
    'side-conversation': 'Someone outside the team takes part.',
    nothing: 'No step found a reason to log it.',
  } satisfies Record<StepName, string>).map(([step, detail]) => [
    step,
    Object.freeze({ step, outcome: 'passed', header: '', value: '', ruleDocumentId: null, detail }),
  ])
) as Record<StepName, DecisionStep>;

/** What a deciding step records: the header field it looked at, and one plain sentence. */
export interface Because {
  header?: string;
  value?: string;
  ruleDocumentId?: string;
  detail: string;
}

/** The record of a step that pointed to a thread but did not decide. */
export const pointed = (step: StepName, { header = '', value = '', detail }: Because): DecisionStep => ({
  step,
  outcome: 'passed',
  header,
  value,
  ruleDocumentId: null,
  detail,
});

/** The verdict of one step, listed after the steps that were asked `before`. */
export const decided = (
  step: StepName,
  verdict: Verdict,
  { header = '', value = '', ruleDocumentId, detail }: Because,
  before: readonly DecisionStep[] = []
): Decision => ({
  verdict,
  steps: [
    ...before,
    { step, outcome: 'decided', header, value, ruleDocumentId: ruleDocumentId ?? null, detail },
  ],
});

/** The decision to leave a message alone. The recorded reason names no address and no subject (S19). */
export const ignored = (
  step: StepName,
  reason: IgnoreReason,
  because: Because,
  before: readonly DecisionStep[] = []
): Decision => decided(step, { kind: 'ignore', reason, detail: because.detail }, because, before);
