import { EmailConnectError } from '../domain/errors';
import type { Inbox, InboxState } from '../domain/inbox/inbox';
import type { Ports } from '../ports';
import { endSending } from './end-sending';
import type { RecordOutgoingPorts } from './record-outgoing';
import { requireInbox } from './require-inbox';

type StatePorts = Pick<Ports, 'inboxes' | 'audit'>;
type DisconnectPorts = StatePorts & RecordOutgoingPorts;

/** Stops reading; what is sent goes out as before. Its password and its place in every folder stay. */
export const pauseInbox = async (ports: StatePorts, documentId: string, actor: string): Promise<Inbox> => {
  await requireConnected(ports, documentId);
  const paused = { state: 'paused', stateCode: '', stateReason: '', nextPassAt: null } as const;
  return change(ports, documentId, actor, 'inbox.paused', paused, ['disconnected']);
};

/** Reads on from where it stopped: what came meanwhile is found (S7). */
export const resumeInbox = async (ports: StatePorts, documentId: string, actor: string): Promise<Inbox> => {
  await requireConnected(ports, documentId);
  const resumed = { state: 'catching-up', stateCode: '', stateReason: '' } as const;
  return change(ports, documentId, actor, 'inbox.resumed', resumed, ['disconnected']);
};

/**
 * Forgets the passwords. Mail that is on contacts stays there, and so does the place in every folder. What waits to be sent
 * is held (S4).
 */
export const disconnectInbox = async (
  ports: DisconnectPorts,
  documentId: string,
  actor: string
): Promise<Inbox> => {
  const inbox = await change(ports, documentId, actor, 'inbox.disconnected', {
    state: 'disconnected',
    stateCode: '',
    stateReason: '',
    nextPassAt: null,
  });
  await ports.inboxes.deleteSecrets(documentId);
  await endSending(ports, documentId);
  return inbox;
};

/** Neither a pause nor its end connects an inbox that somebody disconnected meanwhile. */
const requireConnected = async (ports: StatePorts, documentId: string): Promise<void> => {
  const inbox = await requireInbox(ports, documentId);
  if (inbox.state !== 'disconnected') return;
  throw new EmailConnectError(
    'INBOX_NOT_CONNECTED',
    'A disconnected inbox has no password here.',
    'Enter its password again to reconnect it.'
  );
};

const change = async (
  ports: StatePorts,
  documentId: string,
  actor: string,
  action: string,
  next: Partial<Omit<Inbox, 'documentId'>>,
  unless: readonly InboxState[] = []
): Promise<Inbox> => {
  const inbox = await requireInbox(ports, documentId);
  await ports.inboxes.update(documentId, next, unless);
  await ports.audit.record({ action, actor, subject: documentId, outcome: 'ok', facts: {} });
  return { ...inbox, ...next };
};
