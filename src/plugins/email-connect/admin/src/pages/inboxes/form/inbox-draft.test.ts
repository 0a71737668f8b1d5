import { inboxForm } from '../../../../../shared/contracts/inbox';
import {
  changeServer,
  connectionKey,
  draftFaults,
  emptyDraft,
  emptyPasswords,
  pinCertificate,
  toInboxForm,
  type InboxDraft,
} from './inbox-draft';

const pin = 'ab'.repeat(32);
const whole: InboxDraft = {
  ...changeServer(changeServer(emptyDraft, 'imap', { host: 'imap.example.com' }), 'smtp', {
    host: 'smtp.example.com',
    tls: 'starttls',
  }),
  address: 'a@example.com',
  imapPassword: 'pw',
};

describe('changeServer', () => {
  it('lets the standard port follow the TLS mode', () => {
    expect(changeServer(emptyDraft, 'imap', { tls: 'starttls' }).imap.port).toBe(143);
    expect(changeServer(emptyDraft, 'smtp', { tls: 'starttls' }).smtp.port).toBe(587);
    expect(changeServer(whole, 'smtp', { tls: 'implicit' }).smtp.port).toBe(465);
  });

  it('keeps a port that was chosen by hand', () => {
    const odd = changeServer(emptyDraft, 'imap', { port: 1143 });
    expect(changeServer(odd, 'imap', { tls: 'starttls' }).imap.port).toBe(1143);
  });

  it('S35: a pin does not go along to another host or port', () => {
    const pinned = pinCertificate(whole, 'imap', pin);
    expect(changeServer(pinned, 'imap', { host: 'evil.example' }).imap.pinnedCertificate).toBeNull();
    expect(changeServer(pinned, 'imap', { port: 1143 }).imap.pinnedCertificate).toBeNull();
    expect(changeServer(pinned, 'imap', { username: 'else' }).imap.pinnedCertificate).toBe(pin);
    expect(changeServer(pinned, 'smtp', { host: 'other.example' }).imap.pinnedCertificate).toBe(pin);
  });
});

describe('toInboxForm', () => {
  it('logs in with the address and one password unless told otherwise', () => {
    const form = toInboxForm(whole);
    expect(form).toMatchObject({
      imap: { username: 'a@example.com' },
      smtp: { username: 'a@example.com' },
      imapPassword: 'pw',
      smtpPassword: 'pw',
    });
    expect(inboxForm.parse(form)).toEqual(form);
  });

  it('gives SMTP its own login when it has one', () => {
    const own = {
      ...changeServer(whole, 'smtp', { username: 'relay' }),
      hasOwnSmtpLogin: true,
      smtpPassword: 's',
    };
    expect(toInboxForm(own)).toMatchObject({ smtp: { username: 'relay' }, smtpPassword: 's' });
  });
});

describe('draftFaults', () => {
  it('finds nothing wrong with a whole draft', () => {
    expect(draftFaults(whole, null)).toEqual([]);
  });

  it('names every field that is missing', () => {
    expect(draftFaults(emptyDraft, null)).toEqual(['address', 'imap.host', 'smtp.host', 'imapPassword']);
  });

  it('refuses ports that do not exist', () => {
    expect(draftFaults(changeServer(whole, 'imap', { port: 70_000 }), null)).toEqual(['imap.port']);
  });

  it('lets stored passwords stand in for empty ones on an edit', () => {
    const stored = { ...whole, imapPassword: '' };
    expect(draftFaults(stored, stored)).toEqual([]);
  });

  it('S43: asks for the password again when a server, port, kind of TLS, certificate or user name is another', () => {
    const stored = { ...whole, imapPassword: '' };
    const changed = [
      changeServer(stored, 'imap', { host: 'imap.other.test' }),
      changeServer(stored, 'smtp', { host: 'smtp.other.test' }),
      changeServer(stored, 'imap', { port: 1993 }),
      changeServer(stored, 'smtp', { tls: 'implicit' }),
      pinCertificate(stored, 'imap', pin),
      changeServer(stored, 'imap', { username: 'else' }),
    ];
    for (const draft of changed) {
      expect(draftFaults(draft, stored)).toEqual(['imapPassword']);
      expect(emptyPasswords(draft, stored).imapPassword).toBe('again');
      expect(draftFaults({ ...draft, imapPassword: 'typed' }, stored)).toEqual([]);
    }
    expect(draftFaults(changeServer(stored, 'imap', { host: ' IMAP.example.com ' }), stored)).toEqual([]);
  });

  it('S43: asks for the password of that server only, where each has a login of its own', () => {
    const stored = {
      ...changeServer(whole, 'smtp', { username: 'relay' }),
      imapPassword: '',
      hasOwnSmtpLogin: true,
    };
    const moved = changeServer(stored, 'smtp', { host: 'smtp.other.test' });
    expect(draftFaults(moved, stored)).toEqual(['smtpPassword']);
    expect(emptyPasswords(moved, stored)).toEqual({ imapPassword: 'kept', smtpPassword: 'again' });
    expect(draftFaults(changeServer(stored, 'imap', { port: 1993 }), stored)).toEqual(['imapPassword']);
  });

  it('S43: asks for the password again when SMTP was given the login of IMAP, or one of its own', () => {
    const joined = { ...whole, imapPassword: '' };
    const split = { ...changeServer(joined, 'smtp', { username: 'relay' }), hasOwnSmtpLogin: true };
    expect(draftFaults({ ...split, hasOwnSmtpLogin: false }, split)).toEqual(['imapPassword']);
    expect(draftFaults(split, joined)).toEqual(['smtpPassword']);
  });

  it('wants a password where none is stored', () => {
    expect(emptyPasswords(whole, null)).toEqual({ imapPassword: 'none', smtpPassword: 'none' });
  });
});

describe('connectionKey', () => {
  it('stays when only the label changes', () => {
    expect(connectionKey({ ...whole, label: 'Sales', senderName: 'Ana' })).toBe(connectionKey(whole));
  });

  it('changes with the password, a server and a pin', () => {
    const changed = [
      { ...whole, imapPassword: 'else' },
      changeServer(whole, 'smtp', { host: 'other.example' }),
      pinCertificate(whole, 'imap', pin),
    ];
    for (const draft of changed) expect(connectionKey(draft)).not.toBe(connectionKey(whole));
  });
});
