import type { Sight } from './oracle';
import { canariesIn } from './words';
import type { Canary } from './words';
import type { Mailbox, WorldMessage, WorldRecord } from './world';

/** What there is to be told of a message. */
export type Part =
  'people' | 'bcc' | 'marks' | 'subject' | 'fileNames' | 'files' | 'preview' | 'body' | 'failure';

const partsOf: Record<Sight, readonly Part[]> = {
  nothing: [],
  facts: ['people'],
  subject: ['people', 'subject', 'fileNames'],
  full: ['people', 'marks', 'subject', 'fileNames', 'files', 'preview', 'body', 'failure'],
  own: ['people', 'bcc', 'marks', 'subject', 'fileNames', 'files', 'preview', 'body', 'failure'],
};

/** Their names, and the words in their addresses. */
const wordsOfPeople = (people: readonly Mailbox[]): Canary[] => [
  ...canariesIn(people.map(({ address, displayName }) => `${address} ${displayName}`).join(' ')),
];

const wordsOf = (message: WorldMessage, part: Part): Canary[] => {
  switch (part) {
    case 'people':
      return wordsOfPeople([message.from, ...message.to, ...message.cc]);
    case 'bcc':
      return wordsOfPeople(message.bcc);
    case 'marks':
      return [message.marks.messageId, message.marks.evidence];
    case 'failure':
      return [message.marks.failure];
    case 'subject':
      return [message.subject];
    case 'fileNames':
      return message.files.map(({ name }) => name);
    case 'files':
      return message.files.map(({ content }) => content);
    case 'preview':
      return [message.preview];
    case 'body':
      return [message.preview, message.text, message.html];
  }
};

/** The words that an answer with these parts of the message may hold for whoever sees it so. */
export const told = (message: WorldMessage, sight: Sight, parts: readonly Part[]): Canary[] =>
  parts.filter((part) => partsOf[sight].includes(part)).flatMap((part) => wordsOf(message, part));

/** What a card of a message shows. */
export const card: readonly Part[] = ['people', 'bcc', 'marks', 'subject', 'fileNames', 'preview', 'failure'];

export const wordsOfRecord = ({ name, addresses }: WorldRecord): Canary[] => [
  ...canariesIn([name, ...addresses.map(({ address }) => address)].join(' ')),
];
