import { assertOneLine, parseRecipient } from '../domain/address/address';
import type { Inbox } from '../domain/inbox/inbox';
import { transitionOf } from '../domain/outgoing/transition';
import type { InboxSecrets, Ports } from '../ports';
import { requireInbox } from './require-inbox';
import { endSending } from './end-sending';
import { notConnected, secretOwner } from './open-inbox';
import { recordOutgoing } from './record-outgoing';
import type { RecordOutgoingPorts } from './record-outgoing';
import { testWithinLimits } from './test-connection';
import type { ConnectionToTest } from './test-connection';

type EditPorts = Pick<
  Ports,
  'clock' | 'hosts' | 'imap' | 'smtp' | 'secrets' | 'inboxes' | 'folders' | 'audit' | 'rateLimits'
> &
  RecordOutgoingPorts;

export interface InboxEdit extends ConnectionToTest {
  label: string;
  address: string;
  senderName: string;
}

/**
 * Changes how an inbox is reached, or connects a disconnected one again. Its cursors stay, so that what came in the gap
 * is found (S7). An empty password keeps the stored one. Nothing changes unless both servers let us in.
 */
export const editInbox = async (
  ports: EditPorts,
  documentId: string,
  edit: InboxEdit,
  actor: string
): Promise<Inbox> => {
  ports.secrets.assertKey();
  const inbox = await requireInbox(ports, documentId);
  const { address } = parseRecipient(edit.address);
  assertOneLine(edit.senderName);
  const connection = await withStoredPasswords(ports, documentId, edit);
  const chosen = await testWithinLimits(ports, connection, actor, () => undefined);
  await ports.inboxes.saveSecrets(documentId, {
    imapPassword: ports.secrets.seal(connection.imapPassword, secretOwner(documentId, 'imapPassword')),
    smtpPassword: ports.secrets.seal(connection.smtpPassword, secretOwner(documentId, 'smtpPassword')),
  });
  await ports.folders.merge(documentId, chosen.folders, readFrom(inbox));
  const reconnected = inbox.state === 'disconnected';
  // What was queued in the moment of the disconnection must not go out with the first login, months later (S4).
  if (reconnected) await endSending(ports, documentId);
  const edited = {
    label: edit.label || address,
    address,
    senderName: edit.senderName,
    provider: edit.provider,
    imap: edit.imap,
    smtp: edit.smtp,
    ...(inbox.sentFolderPath === null || reconnected
      ? { sentCopy: chosen.sentCopy, sentFolderPath: chosen.sentFolderPath }
      : {}),
    state: 'catching-up',
    stateCode: '',
    stateReason: '',
    consecutiveFailures: 0,
    ...(reconnected ? { connectedAt: ports.clock.now().toISOString() } : {}),
  } as const;
  await ports.inboxes.update(documentId, edited, reconnected ? [] : ['disconnected']);
  await assertConnected(ports, documentId);
  await takeUpSending(ports, documentId);
  await ports.audit.record({
    action: reconnected ? 'inbox.reconnected' : 'inbox.edited',
    actor,
    subject: documentId,
    outcome: 'ok',
    facts: {},
  });
  return requireInbox(ports, documentId);
};

/** What was put off for the password that it had goes out with the one that it has. */
const takeUpSending = async (ports: EditPorts, documentId: string): Promise<void> => {
  for (const entry of await ports.outbox.listOpen(documentId)) {
    await recordOutgoing(ports, entry, transitionOf({ kind: 'taken-up' }), { under: { kind: 'stage' } });
  }
};

/** Whoever disconnected it while both servers were tried is not overruled, and no password is left behind (S4). */
const assertConnected = async ({ inboxes }: EditPorts, documentId: string): Promise<void> => {
  const inbox = await requireInbox({ inboxes }, documentId);
  if (inbox.state !== 'disconnected') return;
  await inboxes.deleteSecrets(documentId);
  throw notConnected(inbox);
};

/** Mail of the gap may lie in a folder that is new; before it, everything was read where it lay. */
const readFrom = ({ lastPassAt, connectedAt }: Inbox): Date | null => {
  const since = lastPassAt ?? connectedAt;
  return since === null ? null : new Date(since);
};

/** Opens what is stored for every password that was left empty. */
export const withStoredPasswords = async <T extends InboxSecrets>(
  ports: Pick<Ports, 'inboxes' | 'secrets'>,
  documentId: string,
  form: T
): Promise<T> => {
  if (form.imapPassword !== '' && form.smtpPassword !== '') return form;
  const sealed = await ports.inboxes.loadSecrets(documentId);
  if (!sealed) return form;
  const stored = (kind: keyof InboxSecrets) =>
    form[kind] || ports.secrets.open(sealed[kind], secretOwner(documentId, kind));
  return { ...form, imapPassword: stored('imapPassword'), smtpPassword: stored('smtpPassword') };
};
