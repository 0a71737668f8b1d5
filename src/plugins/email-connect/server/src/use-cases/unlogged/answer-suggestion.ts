import { EmailConnectError } from '../../domain/errors';
import type { Location, Ports } from '../../ports';
import { isSameLocation } from '../inbox';
import { logByHand } from './log-by-hand';
import type { LogPorts } from './log-by-hand';

/**
 * The answer yes: logs the message into the suggested thread, and resolves with that thread. Rejects like
 * `logByHand`.
 */
export const acceptSuggestion = async (
  ports: LogPorts & Pick<Ports, 'suggestions'>,
  inboxDocumentId: string,
  location: Location,
  actor: string
): Promise<string> => {
  const suggested = (await ports.suggestions.list(inboxDocumentId)).find((suggestion) =>
    isSameLocation(suggestion.location, location)
  );
  if (!suggested) {
    throw new EmailConnectError('NOT_FOUND', 'This is not suggested any more.', 'Reload the list.');
  }
  const { threadDocumentId } = suggested;
  const logged = await logByHand(
    ports,
    inboxDocumentId,
    { location, threadDocumentId, contact: null },
    actor
  );
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
