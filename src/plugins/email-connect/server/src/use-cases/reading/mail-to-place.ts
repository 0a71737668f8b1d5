import type { Verdict } from '../../domain/logging/verdict';
import type { Candidate } from '../../domain/message/message';
import { participantsOf } from '../../domain/message/participants';
import type { MailToPlace } from '../../ports';

type LogVerdict = Extract<Verdict, { kind: 'log' }>;

/** The verdict with the conversation that a person chose; null: they chose none. */
export const intoThread = (verdict: LogVerdict, threadDocumentId: string | null): LogVerdict =>
  threadDocumentId === null ? verdict : { ...verdict, threadDocumentId, begins: null };

/** What decides where a mail stands that is logged by this verdict, by its header alone. */
export const mailToPlace = (
  { headers, receivedAt }: Candidate,
  { begins, threadDocumentId, direction, notice, answersDocumentId }: LogVerdict
): MailToPlace => ({
  headers,
  receivedAt,
  threadDocumentId,
  direction,
  notice,
  answersDocumentId,
  bcc: [],
  participants: participantsOf(headers),
  begins: begins !== null,
  continuesDocumentId: begins?.continuesDocumentId ?? null,
});
