import type { MailServer } from '../../../dev/mail-server';
import { lena, nina, otto, us } from './people';

const dayMs = 86_400_000;

interface Letter {
  subject: string;
  messageId: string;
  inReplyTo?: string;
  text: string;
  /** Lena where nobody is named. */
  from?: { name: string; address: string };
  cc?: { name: string; address: string };
}

const rawOf = ({ subject, messageId, inReplyTo, text, from = lena, cc }: Letter, date: Date): string =>
  [
    `From: ${from.name} <${from.address}>`,
    `To: ${us.name} <${us.address}>`,
    ...(cc ? [`Cc: ${cc.name} <${cc.address}>`] : []),
    `Subject: ${subject}`,
    `Date: ${date.toUTCString()}`,
    `Message-ID: <${messageId}>`,
    ...(inReplyTo === undefined ? [] : [`In-Reply-To: <${inReplyTo}>`, `References: <${inReplyTo}>`]),
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...text.split('\n'),
    '',
  ].join('\r\n');

const put = (mail: MailServer, folder: string, letter: Letter, daysAgo: number): void => {
  const date = new Date(Date.now() - daysAgo * dayMs);
  mail.mailbox(us.address).append(folder, rawOf(letter, date), [], date);
};

export const winterStorage: Letter = {
  subject: 'Winter storage for two bikes',
  messageId: 'winter-storage@hartmann-cycles.test',
  text: 'Hello Mara,\n\ndo you store bikes over the winter? We have two.\n\nLena',
};

/** A letter and its follow-up, filed away before the inbox is connected. */
export const putOlderMail = (mail: MailServer): void => {
  put(mail, 'Archive', winterStorage, 12);
  const followUp: Letter = {
    subject: `Re: ${winterStorage.subject}`,
    messageId: 'winter-storage-2@hartmann-cycles.test',
    inReplyTo: winterStorage.messageId,
    text: 'And could you true the wheels while they are with you?\n\nLena',
  };
  put(mail, 'Archive', followUp, 11);
};

export const cargoBike: Letter = {
  subject: 'A cargo bike for the shop',
  messageId: 'cargo-bike@hartmann-cycles.test',
  text: 'Hello Mara,\n\nwhat would a cargo bike cost us?\n\nLena',
};

/** A letter of its own, which answers nothing, arrives now. */
export const putNewLetter = (mail: MailServer): void => put(mail, 'INBOX', cargoBike, 0);

const leadOf = (number: number, subject: string): Letter => ({
  subject,
  messageId: `lead-${number}@brand-new.test`,
  text: 'Hello,\n\ndo you rent out bikes for a company outing?\n\nNina',
  from: nina,
});

export const outing = leadOf(1, 'Bikes for a company outing');
export const outingDate = leadOf(2, 'The date of our outing');

/** Two letters from somebody who is no contact, in conversations of their own, arrive now. */
export const putLeads = (mail: MailServer): void =>
  [outing, outingDate].forEach((letter) => put(mail, 'INBOX', letter, 0));

/** Nina writes again, with her colleague on Cc. */
export const putColleague = (mail: MailServer): void => {
  const letter = { ...leadOf(3, `Re: ${outing.subject}`), inReplyTo: outing.messageId, cc: otto };
  put(mail, 'INBOX', { ...letter, text: 'Otto takes care of it.\n\nNina' }, 0);
};

/** He writes with the same subject, and says of no mail that he answers it. */
export const putColleaguesLetter = (mail: MailServer): void =>
  put(
    mail,
    'INBOX',
    { ...leadOf(4, `Re: ${outing.subject}`), from: otto, text: 'There are ten of us.\n\nOtto' },
    0
  );
