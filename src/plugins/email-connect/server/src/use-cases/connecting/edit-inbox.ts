import { assertOneLine, normalizeAddress, parseRecipient } from '../../domain/address/address';
import { alreadyConnected } from '../../domain/inbox/already-connected';
import type { Inbox } from '../../domain/inbox/inbox';
import { countsUnasked } from '../../domain/inbox/team-address';
import { transitionOf } from '../../domain/outgoing/transition';
import type { InboxChange, InboxSecrets, Ports } from '../../ports';
import { endSending, recordOutgoing } from '../sending';
import { changeInbox, notConnected, requireInbox, secretOwner } from '../inbox';
import type { RecordOutgoingPorts } from '../sending';
import { assertStillFits, passwordOf } from './stored-passwords';
import { testOnRecord } from './test-on-record';
import type { ChosenFolders, ConnectionToTest } from './test-connection';

type EditPorts = Pick<
  Ports,
  | 'clock'
  | 'hosts'
  | 'imap'
  | 'smtp'
  | 'secrets'
  | 'inboxes'
  | 'folders'
  | 'audit'
  | 'rateLimits'
  | 'contacts'
> &
  RecordOutgoingPorts;

export interface InboxEdit extends ConnectionToTest {
  label: string;
  address: string;
  senderName: string;
}

/**
 * Changes how an inbox is reached, or connects a disconnected one again; a paused inbox stays paused. Its cursors
 * stay, so that mail of the gap is found (S7). An empty password keeps the stored one, for the login that it was
 * entered for (S43). Nothing changes unless both servers accept the login. Rejects with INBOX_ALREADY_CONNECTED when
 * another inbox has the address, or with the failures of `testOnRecord`.
 */
export const editInbox = async (
  ports: EditPorts,
  documentId: string,
  edit: InboxEdit,
  actor: string,
  signal: AbortSignal
): Promise<Inbox> => {
  ports.secrets.assertKey();
  const before = await requireInbox(ports, documentId);
  const { address } = parseRecipient(edit.address);
  assertOneLine(edit.senderName);
  await assertFree(ports, documentId, address);
  const trier = { actor, inbox: before };
  const { connection, chosen } = await testOnRecord(ports, edit, trier, signal, () => undefined);
  await ports.folders.merge(documentId, chosen.folders, readFrom(before));
  const wasConnected = before.state !== 'disconnected';
  // Mail that was queued at the moment of disconnecting must not go out with the first login, months later (S4).
  if (!wasConnected) await endSending(ports, documentId);
  // One that was left empty is not written: another person may have entered a new one meanwhile (S52).
  const secrets: Partial<InboxSecrets> = {};
  for (const kind of Object.values(passwordOf)) {
    if (edit[kind] === '') continue;
    secrets[kind] = ports.secrets.seal(connection[kind], secretOwner(documentId, kind));
  }
  const now = ports.clock.now().toISOString();
  const facts = await ports.contacts.teamFacts(address);
  const edited = (stored: Inbox): InboxChange => {
    // A person who disconnected the inbox while both servers were tried is not overruled (S4).
    if (wasConnected && stored.state === 'disconnected') throw notConnected(stored);
    assertStillFits(stored, edit);
    const isTeamAddress = isSame(stored.address, address)
      ? stored.isTeamAddress
      : countsUnasked(address, facts);
    return {
      ...asEdited(stored, edit, address),
      isTeamAddress,
      ...asReached(stored, chosen, { now, address }),
    };
  };
  const inbox = await changeInbox(ports, documentId, edited, { secrets, endsRest: true });
  await takeUpSending(ports, documentId);
  await ports.audit.record({
    action: wasConnected ? 'inbox.edited' : 'inbox.reconnected',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: {},
  });
  return inbox;
};

/** An early check, before everything is typed; the records enforce the rule. */
const assertFree = async (
  { inboxes }: Pick<Ports, 'inboxes'>,
  documentId: string,
  address: string
): Promise<void> => {
  const other = await inboxes.findByAddress(normalizeAddress(address));
  if (other && other.documentId !== documentId) throw alreadyConnected(address);
};

const asEdited = (stored: Inbox, edit: InboxEdit, address: string): InboxChange => ({
  label: edit.label || address,
  address,
  senderName: edit.senderName,
  provider: edit.provider,
  imap: edit.imap,
  smtp: edit.smtp,
  state: stored.state === 'paused' ? 'paused' : 'catching-up',
  stateCode: '',
  stateReason: '',
  consecutiveFailures: 0,
});

const asReached = (
  stored: Inbox,
  { sentCopy, sentFolderPath }: ChosenFolders,
  { now, address }: { now: string; address: string }
): InboxChange => {
  const reconnected = stored.state === 'disconnected';
  // Of the same mailbox the time without a connection is a gap, whose mail is ours (S7); of another one nothing before now is.
  const isAnother = !isSame(stored.address, address);
  return {
    ...(reconnected || stored.sentFolderPath === null ? { sentCopy, sentFolderPath } : {}),
    ...(stored.connectedAt === null || (reconnected && isAnother) ? { connectedAt: now } : {}),
  };
};

const isSame = (one: string, other: string): boolean => normalizeAddress(one) === normalizeAddress(other);

/** Mail that was put off because of the old password goes out with the new one. */
const takeUpSending = async (ports: EditPorts, documentId: string): Promise<void> => {
  for (const entry of await ports.outbox.listOpen(documentId)) {
    await recordOutgoing(ports, entry, transitionOf({ kind: 'taken-up' }), { under: { kind: 'stage' } });
  }
};

/** Mail of the gap may lie in a new folder; all mail before the gap was read in the folder it lay in then. */
const readFrom = ({ lastPassAt, connectedAt }: Inbox): Date | null => {
  const since = lastPassAt ?? connectedAt;
  return since === null ? null : new Date(since);
};
