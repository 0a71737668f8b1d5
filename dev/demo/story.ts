import { pdfPage } from './pdf-page';

/** The people in the demo's CRM, and their mail. Every mail really travels. */
export interface StoryThread {
  subject: string;
  /** In turn: ours, theirs, ours, theirs, ... */
  mails: StoryMail[];
}

export interface StoryMail {
  text: string;
  files?: { fileName: string; contentType: string; content: Buffer }[];
}

export interface StoryContact {
  name: string;
  email: string;
  company: string;
  threads: StoryThread[];
}

const pdf = (fileName: string, ...lines: string[]) => ({
  fileName,
  contentType: 'application/pdf',
  content: pdfPage(lines),
});
const csv = (fileName: string, rows: string[][]) => ({
  fileName,
  contentType: 'text/csv',
  content: Buffer.from(`${rows.map((row) => row.join(',')).join('\r\n')}\r\n`),
});

export const us = {
  address: 'mara@harbour-bikes.test',
  password: 'demo-mailbox-password',
  name: 'Mara Lindqvist',
};
export const customerPassword = 'demo-customer-password';

export const story: StoryContact[] = [
  {
    name: 'Jonas Okafor',
    email: 'jonas@okafor-logistics.test',
    company: 'Okafor Logistics',
    threads: [
      {
        subject: 'Twelve cargo bikes for the spring fleet',
        mails: [
          {
            text: 'Hello Jonas,\n\nas promised: our offer for twelve cargo bikes, delivered in March. The price list is attached.\n\nBest,\nMara',
            files: [pdf('Offer 2291.pdf', 'Offer 2291', '12 cargo bikes, model Skerry', 'Delivery in March')],
          },
          { text: 'Hi Mara,\n\nlooks good. Could you do two of them with the rain cover?\n\nJonas' },
          {
            text: 'Of course: the cover is 140 each, so 280 more in total. Shall I update the offer?\n\nMara',
          },
        ],
      },
    ],
  },
  {
    name: 'Aiko Tanabe',
    email: 'aiko@tanabe-studio.test',
    company: 'Tanabe Studio',
    threads: [
      {
        subject: 'Photos of the new frame',
        mails: [
          {
            text: 'Dear Aiko,\n\ncould you send us the list of shots you have in mind for the catalogue?\n\nMara',
          },
          {
            text: 'Dear Mara,\n\nhere is the list. 八月 would suit us best for the outdoor pictures.\n\nAiko',
            files: [
              csv('shots.csv', [
                ['shot', 'place'],
                ['front', 'studio'],
                ['uphill', 'harbour'],
              ]),
            ],
          },
        ],
      },
    ],
  },
  {
    name: 'Élodie Marchand',
    email: 'elodie@velo-marchand.test',
    company: 'Vélo Marchand',
    threads: [
      {
        subject: 'Déjeuner jeudi ?',
        mails: [
          { text: 'Bonjour Élodie,\n\nserez-vous à Lyon jeudi ? Je vous invite à déjeuner.\n\nMara' },
          { text: 'Avec plaisir ! 12 h 30 au bord de la Saône ?\n\nÉlodie' },
        ],
      },
      {
        subject: 'Contrat de distribution',
        mails: [
          {
            text: 'Bonjour Élodie,\n\nvoici le contrat, relu par notre avocate.\n\nMara',
            files: [pdf('Contrat.pdf', 'Contrat de distribution', 'Harbour Bikes / Velo Marchand')],
          },
        ],
      },
    ],
  },
  {
    name: 'Tom Reyes',
    email: 'tom@reyes-rentals.test',
    company: 'Reyes Rentals',
    threads: [
      {
        subject: 'Brakes on the rental fleet',
        mails: [
          {
            text: 'Hi Tom,\n\nyour fleet is due for its yearly brake check. Does the second week of May work?\n\nMara',
          },
          { text: 'Second week is fine. We will have 34 bikes ready on Monday.\n\nTom' },
          { text: 'Great, we will bring two mechanics.\n\nMara' },
          { text: 'Perfect. Coffee is on us.\n\nTom' },
        ],
      },
    ],
  },
  { name: 'Priya Nair', email: 'priya@nair-foundation.test', company: 'Nair Foundation', threads: [] },
];

/** The mail that the demo times: sent from a contact, answered with a file. */
export const timed = {
  contact: { name: 'Lena Hartmann', email: 'lena@hartmann-cycles.test', company: 'Hartmann Cycles' },
  subject: 'Your test ride on Saturday',
  text: 'Hello Lena,\n\nyour test ride is booked for Saturday at ten. Is there anything you would like to try?\n\nMara',
  reply: {
    text: 'Hello Mara,\n\nSaturday is perfect. I filled in the form, it is attached.\n\nLena',
    file: pdf('Test ride form.pdf', 'Test ride', 'Name: Lena Hartmann', 'Height: 1.78 m'),
  },
};
