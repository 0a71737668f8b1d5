import type { EmailConnectError } from '../../domain/errors';
import type { PassOutcome } from '../../ports';
import type { ModelProcess } from './process';
import type { SessionWatch } from './server/session';

/** Sees what processes do while they do it. */
export interface Judge {
  /** One connection to an inbox. */
  watching(process: ModelProcess, inboxDocumentId: string): SessionWatch;
  committed(process: ModelProcess, outcome: PassOutcome): void;
  /** Nothing of it was written. */
  rejected(outcome: PassOutcome, failure: EmailConnectError): void;
  announced(threadDocumentId: string): void;
  /** Reading broke off, and rests. */
  brokeOff(inboxDocumentId: string, code: string): void;
}
