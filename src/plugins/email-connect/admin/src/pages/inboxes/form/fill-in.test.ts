import type { ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import { applyFound, changeAddress, choosePreset } from './fill-in';
import { changeServer, emptyDraft, pinCertificate, toInboxForm, type InboxDraft } from './inbox-draft';

const pin = 'ab'.repeat(32);
const presetOf = (domain: string): ProviderPresetAnswer => ({
  key: domain,
  name: domain,
  imap: { host: `imap.${domain}`, port: 993, tls: 'implicit' },
  smtp: { host: `smtp.${domain}`, port: 587, tls: 'starttls' },
  advice: '',
  acceptsPassword: true,
});
const big = presetOf('big.test');
const other = presetOf('other.test');

const typed = (address: string, draft: InboxDraft = emptyDraft): InboxDraft => changeAddress(draft, address);
/** Typed, and looked up. */
const found = (address: string, preset: ProviderPresetAnswer | null, draft?: InboxDraft): InboxDraft =>
  applyFound(typed(address, draft), address, preset);
const hosts = ({ imap, smtp }: InboxDraft): string[] => [imap.host, smtp.host];

describe('a provider that is found for the address', () => {
  it('fills in both servers, with its ports', () => {
    const odd = { ...big, smtp: { host: 'smtp.big.test', port: 2525, tls: 'starttls' as const } };
    expect(found('ann@big.test', odd)).toMatchObject({
      provider: 'big.test',
      imap: odd.imap,
      smtp: odd.smtp,
    });
  });

  it('S43: goes with the address that it was found for, before the next one is looked up', () => {
    const corrected = typed('ann@small.test', found('ann@big.test', big));
    expect(hosts(corrected)).toEqual(['', '']);
    expect(corrected).toMatchObject({ provider: 'custom', address: 'ann@small.test', smtp: { port: 465 } });
    expect(hosts(applyFound(corrected, 'ann@small.test', null))).toEqual(['', '']);
    expect(hosts(applyFound(corrected, 'ann@small.test', other))).toEqual(
      hosts(choosePreset(emptyDraft, other))
    );
  });

  it('stays while only the name before the @ changes', () => {
    const before = found('ann@big.test', big);
    expect(typed('anna@BIG.test ', before)).toEqual({ ...before, address: 'anna@BIG.test ' });
  });

  it('S43: comes too late when the address is another by then', () => {
    const corrected = typed('ann@small.test', typed('ann@big.test'));
    expect(applyFound(corrected, 'ann@big.test', big)).toEqual(corrected);
  });

  it('S35: takes the pin of its server along', () => {
    const pinned = pinCertificate(found('ann@big.test', big), 'imap', pin);
    expect(typed('ann@small.test', pinned).imap.pinnedCertificate).toBeNull();
  });

  it('S48: a server that was typed stays, whatever is found and however the address changes', () => {
    const own = changeServer(emptyDraft, 'imap', { host: 'mail.own.test', port: 1993 });
    expect(found('ann@big.test', big, own)).toMatchObject({ provider: 'custom', imap: own.imap });
    expect(found('ann@small.test', null, own).imap).toEqual(own.imap);
    const typedOver = changeServer(found('ann@big.test', big), 'imap', { host: 'mail.own.test' });
    const corrected = typed('ann@small.test', typedOver);
    expect(hosts(corrected)).toEqual(['mail.own.test', '']);
  });

  it('S48: a user name and a password stay', () => {
    const filled = changeServer(found('ann@big.test', big), 'imap', { username: 'ann' });
    const corrected = typed('ann@small.test', { ...filled, imapPassword: 'secret' });
    expect(corrected).toMatchObject({ imapPassword: 'secret', imap: { username: 'ann' } });
  });

  it('is no part of the request', () => {
    expect(toInboxForm(found('ann@big.test', big))).not.toHaveProperty('filledIn');
  });
});

describe('a provider that a person chose', () => {
  it('replaces what stood there, and its pin', () => {
    const own = pinCertificate(changeServer(emptyDraft, 'imap', { host: 'mail.own.test' }), 'imap', pin);
    const chosen = choosePreset(own, big);
    expect(chosen).toMatchObject({ provider: 'big.test', imap: big.imap, smtp: big.smtp });
    expect(chosen.imap.pinnedCertificate).toBeNull();
  });

  it('stays, whatever the address and whatever is found for it', () => {
    const chosen = choosePreset(typed('ann@small.test'), big);
    expect(found('ann@company.test', null, chosen)).toEqual({ ...chosen, address: 'ann@company.test' });
    expect(hosts(found('ann@other.test', other, chosen))).toEqual(hosts(chosen));
  });

  it('goes when it is put back to none; what was typed over it stays', () => {
    expect(hosts(choosePreset(choosePreset(emptyDraft, big), null))).toEqual(['', '']);
    const typedOver = changeServer(choosePreset(emptyDraft, big), 'smtp', { host: 'mail.own.test' });
    expect(hosts(choosePreset(typedOver, null))).toEqual(['', 'mail.own.test']);
  });
});
