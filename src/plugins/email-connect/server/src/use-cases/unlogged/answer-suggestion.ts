import { EmailConnectError } from '../../domain/errors';
import type { Location, Ports } from '../../ports';
import { logByHand } from './log-by-hand';
import type { LogPorts, MessageByHand } from './log-by-hand';
import { suggestedAt } from './suggested-at';

/**
 * The answer yes: logs the message into the suggested thread, on `contact` when one is named, and resolves with
 * that thread. Rejects like `logByHand`.
 */
export const acceptSuggestion = async (
  ports: LogPorts & Pick<Ports, 'suggestions'>,
  inboxDocumentId: string,
  { location, contact }: Pick<MessageByHand, 'location' | 'contact'>,
  actor: string
): Promise<string> => {
  const suggested = await suggestedAt(ports, inboxDocumentId, location);
  if (!suggested) {
    throw new EmailConnectError('NOT_FOUND', 'This is not suggested any more.', 'Reload the list.');
  }
  const { threadDocumentId } = suggested;
  const message = { location, threadDocumentId, contact };
  const logged = await logByHand(ports, inboxDocumentId, message, actor);
  await ports.suggestions.dismiss(inboxDocumentId, location);
  return logged;
};

/** The answer no: nobody is asked about the message again. */
export const dismissSuggestion = async (
  ports: Pick<Ports, 'suggestions' | 'audit'>,
  inboxDocumentId: string,
  location: Location,
  actor: string
): Promise<void> => {
  await ports.suggestions.dismiss(inboxDocumentId, location);
  await ports.audit.record({
    action: 'suggestion.dismissed',
    actor,
    subject: inboxDocumentId,
    outcome: 'ok',
    facts: {},
  });
};
