import { EmailConnectError } from '../../domain/errors';
import type { AccessRequest, Ports } from '../../ports';
import { openAccessRequests } from './open-access-requests';
import { tellUser } from './tell-user';

/**
 * Answers who asked to see more of a conversation; each answer is on record. Rejects with NOT_FOUND for a request that is
 * not open, or not theirs to answer: the answer does not tell whether there is one.
 */
export const answerAccessRequest = async (
  ports: Pick<Ports, 'levels' | 'inboxes' | 'people' | 'audit' | 'clock' | 'news'>,
  id: number,
  state: 'granted' | 'refused',
  actor: { documentId: string; managesAll: boolean }
): Promise<void> => {
  const request = (await openAccessRequests(ports, actor)).find((one) => one.id === id);
  if (!request) throw gone();
  if (!(await ports.levels.answer(id, state, actor.documentId, ports.clock.now()))) throw gone();
  await ports.audit.record({
    action: `access.${state}`,
    actor: actor.documentId,
    subject: request.threadDocumentId,
    outcome: 'ok',
    facts: factsOf(request),
  });
  await tellUser(ports, 'access.answered', request, request.userDocumentId);
};

const factsOf = ({ inboxDocumentId, userDocumentId }: AccessRequest) => ({
  inbox: inboxDocumentId,
  user: userDocumentId,
});

const gone = (): EmailConnectError =>
  new EmailConnectError('NOT_FOUND', 'This question is not open any more.', 'Reload the page.');
