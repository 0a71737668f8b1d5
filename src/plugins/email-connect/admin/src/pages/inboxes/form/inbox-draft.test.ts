import { inboxForm, type ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import {
  applyPreset,
  changeServer,
  connectionKey,
  draftFaults,
  emptyDraft,
  pinCertificate,
  toInboxForm,
  type InboxDraft,
} from './inbox-draft';

const pin = 'ab'.repeat(32);
const preset: ProviderPresetAnswer = {
  key: 'example',
  name: 'Example Mail',
  imap: { host: 'imap.example.com', port: 993, tls: 'implicit' },
  smtp: { host: 'smtp.example.com', port: 587, tls: 'starttls' },
  advice: '',
  acceptsPassword: true,
};
const whole: InboxDraft = {
  ...applyPreset(emptyDraft, preset),
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

describe('applyPreset', () => {
  it('fills both servers', () => {
    expect(whole).toMatchObject({ provider: 'example', imap: preset.imap, smtp: preset.smtp });
  });

  it('takes the port of the preset, also when it is not the standard one', () => {
    const odd = { ...preset, smtp: { host: 'smtp.example.com', port: 2525, tls: 'starttls' as const } };
    expect(applyPreset(emptyDraft, odd).smtp.port).toBe(2525);
  });

  it('S35: drops the pin of the host that stood there', () => {
    expect(applyPreset(pinCertificate(emptyDraft, 'imap', pin), preset).imap.pinnedCertificate).toBeNull();
  });

  it('leaves typed servers alone when nobody knows the provider', () => {
    expect(applyPreset(whole, null)).toEqual({ ...whole, provider: 'custom' });
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

  it('asks for the password again when SMTP was given the login of IMAP', () => {
    const stored = { ...whole, imapPassword: '', hasOwnSmtpLogin: true };
    expect(draftFaults({ ...stored, hasOwnSmtpLogin: false }, stored)).toEqual(['imapPassword']);
  });

  it("asks for SMTP's password when it was given a login of its own", () => {
    const stored = { ...whole, imapPassword: '' };
    expect(draftFaults({ ...stored, hasOwnSmtpLogin: true }, stored)).toEqual(['smtpPassword']);
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
