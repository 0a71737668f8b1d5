import type { Endpoint, Provider, SignIn } from './provider';

const imaps = (host: string): Endpoint => ({ host, port: 993, tls: 'implicit' });
const submissions = (host: string): Endpoint => ({ host, port: 465, tls: 'implicit' });
const submission = (host: string): Endpoint => ({ host, port: 587, tls: 'starttls' });

const appPassword = (page: string): SignIn => ({ by: 'app-password', required: 'always', page });
const appPasswordWithTwoSteps = (page: string): SignIn => ({
  by: 'app-password',
  required: 'two-steps',
  page,
});

const createAppPassword = (where: string): string =>
  `Create an app password at ${where}; your normal password is refused.`;
const enableImap = (name: string): string =>
  `Allow access by IMAP in the settings of ${name} first; with two-step verification it asks for an app password.`;

const nothingSpecial = {
  domains: [],
  serverDomains: [],
  signIn: { by: 'password' },
  advice: '',
  authServers: [],
  omitsAuthservId: false,
  filesSent: false,
  complaintsFrom: [],
  labelRoots: [],
} as const satisfies Partial<Provider>;

/** Names with a space between them. */
const words = (text: string): string[] => text.split(' ');

const provider = (
  key: string,
  name: string,
  imap: Endpoint,
  smtp: Endpoint,
  facts: Partial<Provider> = {}
): Provider => ({ ...nothingSpecial, ...facts, key, name, imap, smtp });

/** Everything the product knows of mail providers, in the order of the list on the connect screen. */
export const providers: readonly Provider[] = [
  provider('gmail', 'Gmail and Google Workspace', imaps('imap.gmail.com'), submissions('smtp.gmail.com'), {
    domains: words('gmail.com googlemail.com'),
    signIn: appPassword('https://myaccount.google.com/apppasswords'),
    advice:
      'Turn on 2-Step Verification, then create an app password at myaccount.google.com/apppasswords and enter it here.',
    authServers: ['mx.google.com'],
    filesSent: true,
    labelRoots: ['[gmail]', '[google mail]'],
  }),
  provider(
    'microsoft',
    'Microsoft 365 and Outlook.com',
    imaps('outlook.office365.com'),
    submission('smtp.office365.com'),
    {
      domains: words(
        'outlook.com hotmail.com live.com msn.com outlook.de hotmail.de live.de outlook.fr hotmail.fr live.fr hotmail.co.uk live.co.uk hotmail.it live.it outlook.es hotmail.es live.nl'
      ),
      signIn: { by: 'sign-in-page' },
      advice:
        'Microsoft accepts no password for IMAP any more, only its own sign-in page, which Email Connect cannot use yet.',
      authServers: ['protection.outlook.com'],
      omitsAuthservId: true,
      filesSent: true,
      complaintsFrom: ['staff@hotmail.com'],
    }
  ),
  provider('icloud', 'iCloud Mail', imaps('imap.mail.me.com'), submission('smtp.mail.me.com'), {
    domains: words('icloud.com me.com mac.com'),
    signIn: appPassword('https://account.apple.com'),
    advice:
      'Create an app-specific password at account.apple.com and enter it here; the one of your Apple account is refused.',
    authServers: ['icloud.com'],
  }),
  provider('yahoo', 'Yahoo Mail', imaps('imap.mail.yahoo.com'), submissions('smtp.mail.yahoo.com'), {
    domains: words(
      'yahoo.com ymail.com rocketmail.com yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.com.br yahoo.com.au yahoo.co.in'
    ),
    serverDomains: ['yahoo.*'],
    signIn: appPassword('https://login.yahoo.com/account/security'),
    advice: createAppPassword('login.yahoo.com/account/security'),
    authServers: ['yahoo.com'],
  }),
  provider('aol', 'AOL Mail', imaps('imap.aol.com'), submissions('smtp.aol.com'), {
    domains: words('aol.com aim.com aol.de aol.co.uk'),
    signIn: appPassword('https://login.aol.com/account/security'),
    advice: createAppPassword('login.aol.com/account/security'),
    authServers: ['aol.com'],
  }),
  provider('fastmail', 'Fastmail', imaps('imap.fastmail.com'), submissions('smtp.fastmail.com'), {
    domains: words('fastmail.com fastmail.fm sent.com'),
    signIn: appPassword('https://app.fastmail.com/settings/security'),
    advice: createAppPassword('Settings, Privacy & Security, Connected apps'),
    authServers: ['messagingengine.com'],
  }),
  provider('zoho', 'Zoho Mail (global)', imaps('imap.zoho.com'), submissions('smtp.zoho.com'), {
    domains: words('zoho.com zohomail.com'),
    signIn: appPasswordWithTwoSteps('https://accounts.zoho.com/home#security/app_password'),
    advice: enableImap('Zoho Mail'),
    authServers: ['zohomail.com', 'zoho.com'],
  }),
  provider('zoho-eu', 'Zoho Mail (Europe)', imaps('imap.zoho.eu'), submissions('smtp.zoho.eu'), {
    domains: words('zoho.eu zohomail.eu'),
    signIn: appPasswordWithTwoSteps('https://accounts.zoho.eu/home#security/app_password'),
    advice: enableImap('Zoho Mail'),
  }),
  provider('gmx', 'GMX', imaps('imap.gmx.net'), submissions('mail.gmx.net'), {
    domains: words('gmx.net gmx.de gmx.at gmx.ch'),
    signIn: appPasswordWithTwoSteps(
      'https://hilfe.gmx.net/sicherheit/2fa/anwendungsspezifisches-passwort.html'
    ),
    advice: enableImap('GMX'),
    authServers: ['gmx.net'],
  }),
  provider('gmx-com', 'GMX.com', imaps('imap.gmx.com'), submissions('mail.gmx.com'), {
    domains: words('gmx.com gmx.us gmx.co.uk gmx.fr'),
    signIn: appPasswordWithTwoSteps('https://www.gmx.com/security/2fa/'),
    advice: enableImap('GMX'),
  }),
  provider('web-de', 'WEB.DE', imaps('imap.web.de'), submission('smtp.web.de'), {
    domains: words('web.de'),
    signIn: appPasswordWithTwoSteps('https://web.de/email/sicherheit/zwei-faktor-authentifizierung/'),
    advice: enableImap('WEB.DE'),
    authServers: ['web.de'],
  }),
  provider(
    't-online',
    'Telekom (T-Online)',
    imaps('secureimap.t-online.de'),
    submissions('securesmtp.t-online.de'),
    {
      domains: words('t-online.de magenta.de'),
      advice: 'Enter the email password from the Telekom customer centre, which is not that of your login.',
    }
  ),
  provider('yandex', 'Yandex Mail', imaps('imap.yandex.com'), submissions('smtp.yandex.com'), {
    domains: words('yandex.com yandex.ru ya.ru yandex.kz yandex.by'),
    serverDomains: ['yandex.*'],
    signIn: appPassword('https://id.yandex.com/security/app-passwords'),
    advice:
      'Allow access by IMAP in the settings of Yandex Mail, then create an app password at id.yandex.com/security/app-passwords; your normal password is refused.',
    authServers: ['yandex.net'],
  }),
  provider('mail-ru', 'Mail.ru', imaps('imap.mail.ru'), submissions('smtp.mail.ru'), {
    domains: words('mail.ru inbox.ru list.ru bk.ru internet.ru'),
    signIn: appPassword('https://account.mail.ru/user/2-step-auth/passwords'),
    advice: createAppPassword('account.mail.ru, Security, Passwords for external apps'),
    authServers: ['mail.ru'],
  }),
  provider('mailbox-org', 'mailbox.org', imaps('imap.mailbox.org'), submissions('smtp.mailbox.org'), {
    domains: words('mailbox.org'),
    authServers: ['mailbox.org'],
  }),
  provider('posteo', 'Posteo', imaps('posteo.de'), submissions('posteo.de'), {
    domains: words('posteo.de posteo.net'),
  }),
  provider('orange', 'Orange', imaps('imap.orange.fr'), submissions('smtp.orange.fr'), {
    domains: words('orange.fr wanadoo.fr'),
  }),
  provider('ionos', 'IONOS', imaps('imap.ionos.com'), submissions('smtp.ionos.com')),
  provider('ionos-de', 'IONOS (Deutschland)', imaps('imap.ionos.de'), submissions('smtp.ionos.de')),
  provider('ovh', 'OVHcloud (MX Plan)', imaps('ssl0.ovh.net'), submissions('ssl0.ovh.net')),
  provider('hostinger', 'Hostinger', imaps('imap.hostinger.com'), submissions('smtp.hostinger.com')),
  provider('strato', 'STRATO', imaps('imap.strato.de'), submissions('smtp.strato.de')),
  provider('infomaniak', 'Infomaniak', imaps('mail.infomaniak.com'), submissions('mail.infomaniak.com'), {
    domains: words('ik.me ikmail.com etik.com'),
  }),
  provider('gandi', 'Gandi', imaps('mail.gandi.net'), submissions('mail.gandi.net')),
  provider(
    'proton-bridge',
    'Proton Mail (Bridge)',
    { host: '127.0.0.1', port: 1143, tls: 'starttls' },
    { host: '127.0.0.1', port: 1025, tls: 'starttls' },
    {
      domains: words('proton.me protonmail.com pm.me protonmail.ch'),
      advice:
        'Run Proton Mail Bridge on this server, enter the password that Bridge shows, and allow the internal address in the configuration.',
      authServers: ['protonmail.ch'],
    }
  ),
];
