import type { NamedAddress } from '../../../../shared/contracts/address';
import type { MessageSummary } from '../../../../shared/contracts/message';

export const nameOf = ({ displayName, address }: NamedAddress): string => displayName || address;

/** When it was written, if the message says so. */
export const timeOf = (message: MessageSummary): string => message.sentAt ?? message.receivedAt;

/** The message that is open at first: the newest that a person wrote and that is told in full, else the newest. */
export const newestLetter = (messages: readonly MessageSummary[]): MessageSummary | undefined =>
  messages.findLast(({ level, notice }) => level === 'full' && notice === null) ?? messages.at(-1);
