import { normalizeAddress } from '../../../domain/address/address';
import type { AddressRole, MessageToStand } from '../../../domain/access/standing';
import type { MessageId } from '../../../domain/identification/message-id';
import type { Address, NoticeKind } from '../../../domain/message/message';
import { authorsOf } from '../../../domain/message/participants';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { MessageToRecord } from '../../../ports';
import { addressHash } from '../people/address-hash';
import type { PlacedMessage } from './message-rows';

/** A recorded message for which it is decided where it stands. */
export interface PlacedInThread {
  id: number;
  documentId: string;
  threadId: number;
  threadDocumentId: string;
  /** ISO 8601. */
  receivedAt: string;
  /** With hashes as addresses. */
  message: MessageToStand;
  /** The addresses themselves, normalised. */
  people: string[];
  /** The ids that it answers, the likeliest first. */
  answers: MessageId[];
  /** The message that a notice is about. */
  answersDocumentId: string | null;
}

/** A message that is being written. */
export const placeInThread = (
  { message, documentId, threadId }: PlacedMessage,
  id: number,
  writtenFrom: readonly LinkedContact[]
): PlacedInThread => {
  const { headers } = message.parsed;
  const people = [
    ...withRole('from', [...headers.from, ...headers.sender, ...headers.replyTo]),
    ...withRole('to', headers.to),
    ...withRole('cc', headers.cc),
    ...withRole('bcc', message.bcc),
    // A forwarded mail names people whom its own header does not show.
    ...message.participants.map((address) => ({ address, role: 'to' as const })),
  ];
  return {
    id,
    documentId,
    threadId,
    threadDocumentId: message.threadDocumentId,
    receivedAt: message.receivedAt,
    ...peopleOn(people, authorsOf(headers), {
      direction: message.direction,
      isReport: isReport(message.notice),
      writtenFrom: [...writtenFrom],
    }),
    answers: answeredIds(message),
    answersDocumentId: message.answersDocumentId,
  };
};

interface Named {
  address: string;
  role: AddressRole;
}

export const withRole = (role: AddressRole, addresses: readonly Address[]): Named[] =>
  addresses.map(({ address }) => ({ address: normalizeAddress(address), role }));

/** `authors`: normalised. */
export const peopleOn = (
  people: readonly Named[],
  authors: readonly string[],
  rest: Omit<MessageToStand, 'authors' | 'named'>
): Pick<PlacedInThread, 'message' | 'people'> => {
  const roles = new Map<string, AddressRole>();
  for (const { address, role } of people) {
    if (address.includes('@') && !roles.has(address)) roles.set(address, role);
  }
  return {
    message: {
      ...rest,
      authors: authors.map(addressHash),
      named: [...roles].map(([address, role]) => ({ address: addressHash(address), role })),
    },
    people: [...roles.keys()],
  };
};

/** Mail systems report in their own name; a vacation message comes from a person's address. */
export const isReport = (notice: NoticeKind | null): boolean =>
  notice === 'bounce' || notice === 'delay' || notice === 'complaint';

/** In-Reply-To names what is answered; References end with it (RFC 5322 3.6.4). */
const answeredIds = ({ parsed: { headers } }: MessageToRecord) => [
  ...headers.inReplyTo,
  ...[...headers.references].reverse(),
];
