import type { ParsedAttachment } from './message';

/** What a message says: what its parser made of its body. */
export interface MessageContent {
  text: string;
  html: string;
  /** In their order. */
  files: readonly Pick<ParsedAttachment, 'size' | 'sha256' | 'disposition'>[];
}

const TELLING_CHARACTERS = 100;
const TELLING_BYTES = 10_000;

/**
 * Whether nobody can make the content up who knows no more than the header fields and other mail of the same people.
 * They know greetings, signatures and what is quoted, and need few attempts to guess a "yes" between them; the picture
 * of a signature, a card or a key goes along with every mail. So it takes a hundred characters of `ownWords`, those
 * that the mail does not quote, or a file of its own that is larger than such cards. A file of which only a
 * placeholder is recorded cannot be compared.
 */
export const isTelling = ({ files }: Pick<MessageContent, 'files'>, ownWords: string): boolean =>
  files.every(({ sha256 }) => sha256 !== null) &&
  (lengthOf(ownWords) >= TELLING_CHARACTERS ||
    files.some(({ size, disposition }) => disposition === 'attachment' && size >= TELLING_BYTES));

/**
 * Whether two copies say the same. What servers change on the way does not count: how a part is encoded, line ends,
 * white space at the end of a line or of the text. A word, a footer or a file more makes it another message.
 */
export const isSameContent = (one: MessageContent, other: MessageContent): boolean =>
  asDelivered(one.text) === asDelivered(other.text) &&
  asDelivered(one.html) === asDelivered(other.html) &&
  one.files.length === other.files.length &&
  one.files.every(({ sha256 }, place) => sha256 !== null && sha256 === other.files[place]?.sha256);

/** Answers between quoted lines leave those lines among the writer's own words. */
const lengthOf = (ownWords: string): number =>
  ownWords
    .split('\n')
    .filter((line) => !/^\s*>/.test(line))
    .join('')
    .replace(/\s/g, '').length;

const asDelivered = (text: string): string =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
