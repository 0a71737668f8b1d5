import type { Level } from '../../domain/access/level';
import { assertOneLine, normalizeAddress, parseRecipient } from '../../domain/address/address';
import { EmailConnectError } from '../../domain/errors';
import { alreadyConnected } from '../../domain/inbox/already-connected';
import { consentTextVersion } from '../../domain/inbox/consent';
import type { Inbox } from '../../domain/inbox/inbox';
import { countsUnasked } from '../../domain/inbox/team-address';
import { newFolder } from '../../domain/sync/folder';
import type { Ports } from '../../ports';
import { secretOwner } from '../inbox';
import { testOnRecord } from './test-on-record';
import type { ConnectionToTest } from './test-connection';

type ConnectPorts = Pick<
  Ports,
  'clock' | 'hosts' | 'imap' | 'smtp' | 'secrets' | 'inboxes' | 'audit' | 'rateLimits' | 'contacts'
>;

export interface InboxToConnect extends ConnectionToTest {
  label: string;
  address: string;
  senderName: string;
  level: Level;
  /** The consent text that was on the screen. */
  consentTextVersion: string;
  /** documentId of the admin user who connects the inbox and will own it. */
  ownerDocumentId: string;
}

/**
 * Connects an email account, whose address may have to be confirmed (w51): nothing is stored unless both servers accept the login and the user agreed to what is
 * read (S10). Rejects with KEY_MISSING, CONSENT_MISSING, INBOX_ALREADY_CONNECTED, ADDRESS_INVALID, HEADER_INJECTION
 * for a line break in address or name (S37), or the failure that the connection test found.
 */
export const connectInbox = async (
  ports: ConnectPorts,
  form: InboxToConnect,
  signal: AbortSignal
): Promise<Inbox> => {
  ports.secrets.assertKey();
  assertConsent(form.consentTextVersion);
  const { address } = parseRecipient(form.address);
  assertOneLine(form.senderName);
  if (await ports.inboxes.findByAddress(normalizeAddress(address))) throw alreadyConnected(address);
  const trier = { actor: form.ownerDocumentId, inbox: null };
  const { chosen } = await testOnRecord(ports, form, trier, signal, () => undefined);
  const now = ports.clock.now().toISOString();
  const inbox = await ports.inboxes.create(
    {
      label: form.label || address,
      address,
      senderName: form.senderName,
      isTeamAddress: countsUnasked(address, await ports.contacts.teamFacts(address)),
      ownerDocumentId: form.ownerDocumentId,
      provider: form.provider,
      imap: form.imap,
      smtp: form.smtp,
      sentCopy: chosen.sentCopy,
      sentFolderPath: chosen.sentFolderPath,
      state: 'catching-up',
      stateCode: '',
      stateReason: '',
      consecutiveFailures: 0,
      consent: { givenAt: now, givenBy: form.ownerDocumentId, textVersion: form.consentTextVersion },
      connectedAt: now,
      lastPassAt: null,
      nextPassAt: null,
      policy: 'replies',
      level: form.level,
      logAddress: '',
      trustedAuthServers: 'known',
      lastGap: null,
    },
    (documentId) => ({
      imapPassword: ports.secrets.seal(form.imapPassword, secretOwner(documentId, 'imapPassword')),
      smtpPassword: ports.secrets.seal(form.smtpPassword, secretOwner(documentId, 'smtpPassword')),
    }),
    chosen.folders.map(newFolder)
  );
  await ports.audit.record({
    action: 'inbox.connected',
    actor: form.ownerDocumentId,
    subject: inbox.documentId,
    outcome: 'ok',
    facts: { consentTextVersion: form.consentTextVersion },
  });
  return inbox;
};

const assertConsent = (version: string): void => {
  if (version === consentTextVersion) return;
  throw new EmailConnectError(
    'CONSENT_MISSING',
    'An inbox is connected only after its user agreed to what is read.',
    'Reload the page, read what will be read and when, and tick the box.'
  );
};
