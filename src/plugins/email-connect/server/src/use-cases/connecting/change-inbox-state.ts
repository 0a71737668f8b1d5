import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { endSending } from '../sending';
import { changeInbox, notConnected } from '../inbox';
import type { RecordOutgoingPorts } from '../sending';

type StatePorts = Pick<Ports, 'inboxes' | 'audit'>;
type DisconnectPorts = StatePorts & RecordOutgoingPorts;

/** Stops reading; mail is still sent. The password and the cursor of every folder stay. */
export const pauseInbox = async (ports: StatePorts, documentId: string, actor: string): Promise<Inbox> => {
  const paused = { state: 'paused', stateCode: '', stateReason: '', nextPassAt: null } as const;
  const inbox = await changeInbox(ports, documentId, (stored) => {
    assertConnected(stored);
    return paused;
  });
  return recorded(ports, inbox, actor, 'inbox.paused');
};

/** Reads on from the cursors: mail that came during the pause is found (S7). */
export const resumeInbox = async (ports: StatePorts, documentId: string, actor: string): Promise<Inbox> => {
  const resumed = { state: 'catching-up', stateCode: '', stateReason: '', consecutiveFailures: 0 } as const;
  const resume = (stored: Inbox) => {
    assertConnected(stored);
    return resumed;
  };
  const inbox = await changeInbox(ports, documentId, resume, { endsRest: true });
  return recorded(ports, inbox, actor, 'inbox.resumed');
};

/**
 * Forgets the passwords. Logged mail stays on its contacts, and the cursor of every folder stays. Mail that waits to
 * be sent is held (S4).
 */
export const disconnectInbox = async (
  ports: DisconnectPorts,
  documentId: string,
  actor: string
): Promise<Inbox> => {
  const disconnected = { state: 'disconnected', stateCode: '', stateReason: '', nextPassAt: null } as const;
  const inbox = await changeInbox(ports, documentId, () => disconnected, { secrets: null });
  await recorded(ports, inbox, actor, 'inbox.disconnected');
  await endSending(ports, documentId);
  return inbox;
};

/** Neither pausing nor resuming may connect an inbox that somebody disconnected, even at this very moment. */
const assertConnected = (inbox: Inbox): void => {
  if (inbox.state === 'disconnected') throw notConnected(inbox);
};

const recorded = async (
  { audit }: Pick<Ports, 'audit'>,
  inbox: Inbox,
  actor: string,
  action: string
): Promise<Inbox> => {
  await audit.record({ action, actor, subject: inbox.documentId, outcome: 'ok', facts: {} });
  return inbox;
};
