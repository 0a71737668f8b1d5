import type { Address } from '../../../../shared/contracts/address';
import type { Message } from '../../../../shared/contracts/message';
import { splitQuoted } from '../../../../shared/text/split-quoted';

export const nameOf = ({ displayName, address }: Address): string => displayName || address;

/** How a message begins, without what it quotes. */
export const previewOf = ({ text }: Message): string =>
  splitQuoted(text).fresh.replace(/\s+/g, ' ').slice(0, 160);

/** When it was written, as far as it says so. */
export const timeOf = (message: Message): string => message.sentAt ?? message.receivedAt;

/** The message that is open from the start: the newest that a person wrote, else the newest. */
export const newestLetter = (messages: readonly Message[]): Message | undefined =>
  messages.findLast(({ notice }) => notice === null) ?? messages.at(-1);
