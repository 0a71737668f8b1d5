import type { Message, MessageSummary } from '../../../../shared/contracts/message';
import { draftAgain, replyTo, type ComposeDraft } from '../../components/composer/compose-draft';

/**
 * The text that is being written in a conversation. Fixed when writing begins: it does not answer mail that arrives
 * meanwhile.
 */
export type Writing =
  | { kind: 'reply' | 'reply-all'; answered: MessageSummary }
  /** `failed`: a mail that did not go out, to be edited and sent anew. */
  | { kind: 'again'; failed: Message; answered: MessageSummary | undefined };

export const draftOf = (writing: Writing, ownAddress: string): ComposeDraft =>
  writing.kind === 'again'
    ? draftAgain(writing.failed)
    : replyTo(writing.answered, ownAddress, writing.kind === 'reply-all');
