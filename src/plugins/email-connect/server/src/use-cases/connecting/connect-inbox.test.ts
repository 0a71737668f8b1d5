import type { Ports } from '../../ports';
import { consentTextVersion } from '../../domain/inbox/consent';
import { never } from '../../testing/fakes/never';
import { connectInbox } from './connect-inbox';
import { editInbox } from './edit-inbox';

const server = {
  host: 'localhost',
  port: 993,
  tls: 'implicit' as const,
  username: 'u',
  pinnedCertificate: null,
};
const form = {
  label: '',
  address: 'uma@crm.test',
  provider: 'custom',
  imap: server,
  smtp: server,
  imapPassword: 'p',
  smtpPassword: 'p',
  consentTextVersion,
  ownerDocumentId: 'owner',
  level: 'full' as const,
  senderName: 'Uma\r\nBcc: victim@elsewhere.test',
};

/** Whatever else is asked for would be a step too far. */
const ports = {
  secrets: { assertKey: () => undefined },
  inboxes: { load: async () => ({ documentId: 'inbox' }) },
} as unknown as Ports;

describe('S37: a line break in the name that mail is sent under', () => {
  it('is refused before a server is asked, on connecting and on editing', async () => {
    await expect(connectInbox(ports, form, never)).rejects.toMatchObject({ code: 'HEADER_INJECTION' });
    await expect(editInbox(ports, 'inbox', form, 'owner', never)).rejects.toMatchObject({
      code: 'HEADER_INJECTION',
    });
  });
});
