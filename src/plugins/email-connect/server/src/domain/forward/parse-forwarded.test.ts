import { readHeaderLine } from '../../../../shared/text/header-names';
import { parseForwarded as parseWith } from './parse-forwarded';

const parseForwarded = (text: string, offsetMinutes?: number) =>
  parseWith(text, readHeaderLine, offsetMinutes);

const ann = { address: 'ann@x.example', displayName: 'Ann Example' };
const bob = { address: 'bob@y.example', displayName: 'Bob Example' };
const wanted = { from: ann, to: [bob], subject: 'Offer 7', text: 'Dear Bob,\n\nshall we?\n\nAnn' };
const body = '\n\nDear Bob,\n\nshall we?\n\nAnn\n';
const people = (from: string, to: string) => [
  `${from}: Ann Example <ann@x.example>`,
  `${to}: Bob Example <bob@y.example>`,
];

const gmail = (marker: string, from: string, date: string, subject: string, to: string, value: string) => {
  const [fromLine, toLine] = people(from, to);
  return `---------- ${marker} ---------\n${fromLine}\n${date}: ${value}\n${subject}: Offer 7\n${toLine}\n${body}`;
};
const apple = (marker: string, from: string, subject: string, date: string, to: string, value: string) => {
  const [fromLine, toLine] = people(from, to);
  const text = `${marker}\n\n${fromLine}\n${subject}: Offer 7\n${date}: ${value}\n${toLine}${body}`;
  return `${text.trimEnd().split('\n').join('\n> ')}\n`.replace(`${marker}\n> \n`, `${marker}\n\n`);
};
const outlook = (from: string, sent: string, to: string, subject: string, value: string) => {
  const [fromLine, toLine] = people(from, to);
  return `${fromLine}\n${sent}: ${value}\n${toLine}\n${subject}: Offer 7${body}`;
};
const thunderbird = (marker: string, subject: string, date: string, from: string, to: string) => {
  const [fromLine, toLine] = people(from, to);
  return `-------- ${marker} --------\n${subject}: \tOffer 7\n${date}: \tMon, 23 Nov 2026 10:05:33 +0100\n${fromLine}\n${toLine}\n${body}`;
};

/** All were sent at 10:05 in a place one hour east of UTC, unless the last column says so. */
const forwards: [program: string, text: string, sentAt?: string][] = [
  [
    'Gmail, English',
    gmail('Forwarded message', 'From', 'Date', 'Subject', 'To', 'Mon, Nov 23, 2026 at 10:05 AM'),
  ],
  [
    'Gmail, British',
    gmail('Forwarded message', 'From', 'Date', 'Subject', 'To', 'Mon, 23 Nov 2026 at 10:05'),
  ],
  [
    'Gmail, German',
    gmail('Forwarded message', 'Von', 'Date', 'Subject', 'To', 'Mo., 23. Nov. 2026 um 10:05 Uhr'),
  ],
  ['Gmail, French', gmail('Forwarded message', 'De', 'Date', 'Subject', 'To', 'lun. 23 nov. 2026 à 10:05')],
  [
    'Gmail, Spanish',
    gmail('Forwarded message', 'De', 'Date', 'Subject', 'To', 'lun, 23 nov 2026 a las 10:05'),
  ],
  [
    'Gmail, Italian',
    gmail('Forwarded message', 'Da', 'Date', 'Subject', 'To', 'lun 23 nov 2026 alle ore 10:05'),
  ],
  ['Gmail, Dutch', gmail('Forwarded message', 'Van', 'Date', 'Subject', 'To', 'ma 23 nov 2026 om 10:05')],
  [
    'Gmail, Portuguese',
    gmail('Forwarded message', 'De', 'Date', 'Subject', 'To', 'seg., 23 de nov. de 2026 às 10:05'),
  ],
  ['Gmail, Polish', gmail('Forwarded message', 'Od', 'Date', 'Subject', 'To', 'pon., 23 lis 2026 o 10:05')],
  [
    'Gmail, Swedish',
    gmail('Forwarded message', 'Från', 'Date', 'Subject', 'To', 'mån 23 nov. 2026 kl 10:05'),
  ],
  [
    'Apple, English',
    apple(
      'Begin forwarded message:',
      'From',
      'Subject',
      'Date',
      'To',
      'November 23, 2026 at 10:05:33 AM GMT+1'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, German',
    apple(
      'Anfang der weitergeleiteten Nachricht:',
      'Von',
      'Betreff',
      'Datum',
      'An',
      '23. November 2026 um 10:05:33 MEZ'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, French',
    apple('Début du message réexpédié :', 'De', 'Objet', 'Date', 'À', '23 novembre 2026 à 10:05:33 UTC+1'),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Spanish',
    apple(
      'Inicio del mensaje reenviado:',
      'De',
      'Asunto',
      'Fecha',
      'Para',
      '23 de noviembre de 2026, 10:05:33 CET'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Italian',
    apple(
      'Inizio messaggio inoltrato:',
      'Da',
      'Oggetto',
      'Data',
      'A',
      '23 novembre 2026 alle ore 10:05:33 CET'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Dutch',
    apple(
      'Begin doorgestuurd bericht:',
      'Van',
      'Onderwerp',
      'Datum',
      'Aan',
      '23 november 2026 om 10:05:33 CET'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Polish',
    apple(
      'Początek przekazywanej wiadomości:',
      'Od',
      'Temat',
      'Data',
      'Do',
      '23 listopada 2026 o 10:05:33 CET'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Swedish',
    apple('Vidarebefordrat brev:', 'Från', 'Ämne', 'Datum', 'Till', '23 november 2026 kl. 10:05:33 CET'),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Apple, Portuguese',
    apple(
      'Início da mensagem encaminhada:',
      'De',
      'Assunto',
      'Data',
      'Para',
      '23 de novembro de 2026 10:05:33 CET'
    ),
    '2026-11-23T09:05:33.000Z',
  ],
  ['Outlook, English', outlook('From', 'Sent', 'To', 'Subject', 'Monday, November 23, 2026 10:05 AM')],
  ['Outlook, British', outlook('From', 'Sent', 'To', 'Subject', '23 November 2026 10:05')],
  [
    'Outlook, marked',
    `-----Original Message-----\n${outlook('From', 'Sent', 'To', 'Subject', 'Monday, 23 November 2026 10:05')}`,
  ],
  [
    'Outlook, below a rule',
    `________________________________\n${outlook('From', 'Sent', 'To', 'Subject', 'Monday, 23 November 2026 10:05')}`,
  ],
  [
    'Outlook, bold',
    outlook('*From', '*Sent', '*To', '*Subject', 'Monday, November 23, 2026 10:05 AM').replace(
      /^(\*\w+):/gm,
      '$1:*'
    ),
  ],
  ['Outlook, German', outlook('Von', 'Gesendet', 'An', 'Betreff', 'Montag, 23. November 2026 10:05')],
  ['Outlook, French', outlook('De ', 'Envoyé ', 'À ', 'Objet ', 'lundi 23 novembre 2026 10:05')],
  ['Outlook, Spanish', outlook('De', 'Enviado el', 'Para', 'Asunto', 'lunes, 23 de noviembre de 2026 10:05')],
  ['Outlook, Italian', outlook('Da', 'Inviato', 'A', 'Oggetto', 'lunedì 23 novembre 2026 10:05')],
  ['Outlook, Dutch', outlook('Van', 'Verzonden', 'Aan', 'Onderwerp', 'maandag 23 november 2026 10:05')],
  [
    'Outlook, Portuguese',
    outlook('De', 'Enviada em', 'Para', 'Assunto', 'segunda-feira, 23 de novembro de 2026 10:05'),
  ],
  ['Outlook, Polish', outlook('Od', 'Wysłano', 'Do', 'Temat', 'poniedziałek, 23 listopada 2026 10:05')],
  ['Outlook, Swedish', outlook('Från', 'Skickat', 'Till', 'Ämne', 'den 23 november 2026 10:05')],
  [
    'Thunderbird, English',
    thunderbird('Forwarded Message', 'Subject', 'Date', 'From', 'To'),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Thunderbird, German',
    thunderbird('Weitergeleitete Nachricht', 'Betreff', 'Datum', 'Von', 'An'),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Thunderbird, French',
    thunderbird('Message transféré', 'Sujet ', 'Date ', 'De ', 'Pour ').replace('Pour :', 'À :'),
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Yahoo',
    `----- Forwarded Message -----\n${outlook('From', 'Sent', 'To', 'Subject', 'Monday, November 23, 2026 at 10:05:33 AM GMT+1')}`,
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'Zoho',
    `============ Forwarded message ============\nFrom: Ann Example <ann@x.example>\nTo: "Bob Example"<bob@y.example>\nDate: Mon, 23 Nov 2026 10:05:33 +0100\nSubject: Offer 7\n============ Forwarded message ============${body}`,
    '2026-11-23T09:05:33.000Z',
  ],
  [
    'an empty line below each field',
    outlook('From', 'Sent', 'To', 'Subject', 'Monday, November 23, 2026 10:05 AM').replace(
      /^(From|Sent|To)(.*)$/gm,
      '$1$2\n'
    ),
  ],
  [
    'quoted',
    outlook('From', 'Sent', 'To', 'Subject', '23 Nov 2026 10:05')
      .trimEnd()
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
  ],
];

describe('parseForwarded', () => {
  it.each(forwards)(
    'S27: reads who wrote what and when: %s',
    (_program, text, sentAt = '2026-11-23T09:05:00.000Z') => {
      const read = { ...wanted, cc: [], sentAt, messageId: null };
      expect(parseForwarded(text, 60)).toEqual(read);
      expect(parseForwarded(`For the file.\n\n${text}`.replaceAll('\n', '\r\n'), 60)).toEqual(read);
    }
  );

  it('S27: leaves out what the forwarder wrote above and below', () => {
    const text = `See what she says.\n\n${apple('Begin forwarded message:', 'From', 'Subject', 'Date', 'To', '23 Nov 2026 at 10:05:00 CET')}\nShall I answer?`;
    expect(parseForwarded(text)?.text).toBe(wanted.text);
  });

  it('S27: takes the first of two, which holds the second', () => {
    const inner = outlook('From', 'Sent', 'To', 'Subject', '22 Nov 2026 10:05').replace('Ann', 'Cem');
    const outer = outlook('From', 'Sent', 'To', 'Subject', '23 Nov 2026 10:05');
    const read = parseForwarded(`${outer}\n${inner}`, 60);
    expect(read).toMatchObject({ from: ann, sentAt: '2026-11-23T09:05:00.000Z' });
    expect(read?.text).toContain('From: Cem Example');
  });

  it('S27: reads a list of people that is folded', () => {
    const read = parseForwarded(
      'From: ann@x.example\nSent: 23 Nov 2026\nTo: bob@y.example,\n cem@z.example\nCc: dan@z.example\nSubject: A\n b\n\nHello'
    );
    expect([...(read?.to ?? []), ...(read?.cc ?? [])].map(({ address }) => address)).toEqual([
      'bob@y.example',
      'cem@z.example',
      'dan@z.example',
    ]);
    expect(read).toMatchObject({ subject: 'A b', text: 'Hello', sentAt: null });
  });

  it.each([
    ['no block', 'Dear Bob,\n\nshall we?'],
    ['a sender without an address', 'From: Ann\nSent: 23 Nov 2026 10:05\nTo: Bob\nSubject: Offer\n\nHello'],
    ['two fields and no marker', 'From: ann@x.example\nDate: Monday'],
    ['a block without a sender', 'Date: 23 Nov 2026\nTo: bob@y.example\nSubject: Offer\n\nHello'],
    ['an address that is none', 'From: ann@-x\nSent: 23 Nov 2026 10:05\nTo: Bob\nSubject: Offer\n\nHello'],
    ['nothing', ''],
  ])('is null for %s', (_name, text) => expect(parseForwarded(text)).toBeNull());

  it.each([
    'From: a\n',
    'From: a@x.example\nSubject: x\n',
    'To: "\n',
    '> ',
    '>\n',
    ':\n',
    `Subject: ${'- '.repeat(100)}\n`,
    `${'-'.repeat(80)}\nTo: a\n`,
    'From: a@x.example\nTo: b\nSubject: "<,;',
    '\n',
    'a',
  ])('comes back from 2 MB of %j', (bait) => {
    expect(() => parseForwarded(bait.repeat(Math.ceil(2_000_000 / bait.length)))).not.toThrow();
  });
});
