import { domainOf } from '../address/address';
import type { ServerSettings } from './inbox';

type Endpoint = Pick<ServerSettings, 'host' | 'port' | 'tls'>;

/** Server settings known for a provider. */
export interface ProviderPreset {
  key: string;
  name: string;
  imap: Endpoint;
  smtp: Endpoint;
  /** One sentence: what this provider asks for. '' for nothing special. */
  advice: string;
  /** false: the provider accepts no password any more, only its own sign-in page. */
  acceptsPassword: boolean;
}

const implicit = (host: string, port: number): Endpoint => ({ host, port, tls: 'implicit' });
const starttls = (host: string, port: number): Endpoint => ({ host, port, tls: 'starttls' });

interface KnownProvider extends ProviderPreset {
  /** Domains whose addresses are this provider's, in lower case. */
  domains: readonly string[];
}

const provider = (
  key: string,
  name: string,
  imapHost: string,
  smtp: string | Endpoint,
  domains: string,
  advice = ''
): KnownProvider => ({
  key,
  name,
  imap: implicit(imapHost, 993),
  smtp: typeof smtp === 'string' ? implicit(smtp, 465) : smtp,
  domains: domains.split(' ').filter((domain) => domain !== ''),
  advice,
  acceptsPassword: true,
});

const enableImap = (name: string): string =>
  `Allow access by IMAP in the settings of ${name} first; with two-step verification it asks for an app password.`;
const appPassword = (where: string): string =>
  `Create an app password at ${where}; your normal password is refused.`;

const known: readonly KnownProvider[] = [
  provider(
    'gmail',
    'Gmail and Google Workspace',
    'imap.gmail.com',
    'smtp.gmail.com',
    'gmail.com googlemail.com',
    'Turn on 2-Step Verification, then create an app password at myaccount.google.com/apppasswords and enter it here.'
  ),
  {
    ...provider(
      'microsoft',
      'Microsoft 365 and Outlook.com',
      'outlook.office365.com',
      starttls('smtp.office365.com', 587),
      'outlook.com hotmail.com live.com msn.com outlook.de hotmail.de live.de outlook.fr hotmail.fr live.fr hotmail.co.uk live.co.uk hotmail.it live.it outlook.es hotmail.es live.nl',
      'Microsoft accepts no password for IMAP any more, only its own sign-in page, which Email Connect cannot use yet.'
    ),
    acceptsPassword: false,
  },
  provider(
    'icloud',
    'iCloud Mail',
    'imap.mail.me.com',
    starttls('smtp.mail.me.com', 587),
    'icloud.com me.com mac.com',
    'Create an app-specific password at account.apple.com and enter it here; the one of your Apple account is refused.'
  ),
  provider(
    'yahoo',
    'Yahoo Mail',
    'imap.mail.yahoo.com',
    'smtp.mail.yahoo.com',
    'yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.com.br yahoo.com.au yahoo.co.in',
    appPassword('login.yahoo.com/account/security')
  ),
  provider(
    'aol',
    'AOL Mail',
    'imap.aol.com',
    'smtp.aol.com',
    'aol.com aim.com aol.de aol.co.uk',
    appPassword('login.aol.com/account/security')
  ),
  provider(
    'fastmail',
    'Fastmail',
    'imap.fastmail.com',
    'smtp.fastmail.com',
    'fastmail.com fastmail.fm sent.com',
    appPassword('Settings, Privacy & Security, Connected apps')
  ),
  provider(
    'zoho',
    'Zoho Mail (global)',
    'imap.zoho.com',
    'smtp.zoho.com',
    'zoho.com zohomail.com',
    enableImap('Zoho Mail')
  ),
  provider(
    'zoho-eu',
    'Zoho Mail (Europe)',
    'imap.zoho.eu',
    'smtp.zoho.eu',
    'zoho.eu zohomail.eu',
    enableImap('Zoho Mail')
  ),
  provider('gmx', 'GMX', 'imap.gmx.net', 'mail.gmx.net', 'gmx.net gmx.de gmx.at gmx.ch', enableImap('GMX')),
  provider(
    'gmx-com',
    'GMX.com',
    'imap.gmx.com',
    'mail.gmx.com',
    'gmx.com gmx.us gmx.co.uk gmx.fr',
    enableImap('GMX')
  ),
  provider('web-de', 'WEB.DE', 'imap.web.de', starttls('smtp.web.de', 587), 'web.de', enableImap('WEB.DE')),
  provider(
    't-online',
    'Telekom (T-Online)',
    'secureimap.t-online.de',
    'securesmtp.t-online.de',
    't-online.de magenta.de',
    'Enter the email password from the Telekom customer centre, which is not that of your login.'
  ),
  provider(
    'yandex',
    'Yandex Mail',
    'imap.yandex.com',
    'smtp.yandex.com',
    'yandex.com yandex.ru ya.ru yandex.kz yandex.by',
    enableImap('Yandex Mail')
  ),
  provider(
    'mail-ru',
    'Mail.ru',
    'imap.mail.ru',
    'smtp.mail.ru',
    'mail.ru inbox.ru list.ru bk.ru internet.ru',
    appPassword('account.mail.ru, Security, Passwords for external apps')
  ),
  provider('mailbox-org', 'mailbox.org', 'imap.mailbox.org', 'smtp.mailbox.org', 'mailbox.org'),
  provider('posteo', 'Posteo', 'posteo.de', 'posteo.de', 'posteo.de posteo.net'),
  provider('orange', 'Orange', 'imap.orange.fr', 'smtp.orange.fr', 'orange.fr wanadoo.fr'),
  provider('ionos', 'IONOS', 'imap.ionos.com', 'smtp.ionos.com', ''),
  provider('ionos-de', 'IONOS (Deutschland)', 'imap.ionos.de', 'smtp.ionos.de', ''),
  provider('ovh', 'OVHcloud (MX Plan)', 'ssl0.ovh.net', 'ssl0.ovh.net', ''),
  provider('hostinger', 'Hostinger', 'imap.hostinger.com', 'smtp.hostinger.com', ''),
  provider('strato', 'STRATO', 'imap.strato.de', 'smtp.strato.de', ''),
  provider(
    'infomaniak',
    'Infomaniak',
    'mail.infomaniak.com',
    'mail.infomaniak.com',
    'ik.me ikmail.com etik.com'
  ),
  provider('gandi', 'Gandi', 'mail.gandi.net', 'mail.gandi.net', ''),
  {
    ...provider(
      'proton-bridge',
      'Proton Mail (Bridge)',
      '127.0.0.1',
      starttls('127.0.0.1', 1025),
      'proton.me protonmail.com pm.me protonmail.ch',
      'Run Proton Mail Bridge on this server, enter the password that Bridge shows, and allow the internal address in the configuration.'
    ),
    imap: starttls('127.0.0.1', 1143),
  },
];

/** In the order of the list on the connect screen. */
export const providerPresets: readonly ProviderPreset[] = known.map(
  ({ domains: _domains, ...preset }) => preset
);

/** The provider an address belongs to by its domain; null for a domain of one's own, which may lie with any of them. */
export const presetForAddress = (address: string): ProviderPreset | null => {
  const domain = domainOf(address);
  const index = known.findIndex(({ domains }) => domains.includes(domain));
  return providerPresets[index] ?? null;
};
