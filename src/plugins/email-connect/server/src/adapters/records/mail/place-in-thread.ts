import { normalizeAddress } from '../../../domain/address/address';
import type { AddressRole, MessageToStand } from '../../../domain/access/standing';
import type { MessageId } from '../../../domain/identification/message-id';
import type { Address, MessageHeaders, NoticeKind } from '../../../domain/message/message';
import { authorsOf } from '../../../domain/message/participants';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { MailToPlace, MessageToRecord } from '../../../ports';
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
  /** The thread that its own one splits off; only asked where its own one is not there yet. */
  continuesDocumentId: string | null;
}

/** A message that is being written. */
export const placeInThread = (
  { message, documentId, threadId, chosen }: PlacedMessage,
  id: number
): PlacedInThread => placeOfMail(mailOf(message), { id, documentId, threadId }, chosen);

/** What decides where a message stands. */
export const mailOf = ({ begins, parsed: { headers }, ...message }: MessageToRecord): MailToPlace => ({
  ...message,
  headers,
  begins: begins !== null,
  continuesDocumentId: begins?.continuesDocumentId ?? null,
});

/** `row`: of a message that is not written, what no row has. */
export const placeOfMail = (
  mail: MailToPlace,
  row: Pick<PlacedInThread, 'id' | 'documentId' | 'threadId'>,
  chosen: readonly LinkedContact[]
): PlacedInThread => {
  const { headers } = mail;
  const people = [
    ...withRole('from', [...headers.from, ...headers.sender, ...headers.replyTo]),
    ...withRole('to', headers.to),
    ...withRole('cc', headers.cc),
    ...withRole('bcc', mail.bcc),
    // A forwarded mail names people whom its own header does not show.
    ...mail.participants.map((address) => ({ address, role: 'to' as const })),
  ];
  return {
    ...row,
    threadDocumentId: mail.threadDocumentId,
    receivedAt: mail.receivedAt,
    ...peopleOn(people, authorsOf(headers), {
      direction: mail.direction,
      isReport: isReport(mail.notice),
      chosen: [...chosen],
    }),
    answers: answeredIds(headers),
    answersDocumentId: mail.answersDocumentId,
    continuesDocumentId: mail.continuesDocumentId,
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
const answeredIds = ({ inReplyTo, references }: MessageHeaders) => [
  ...inReplyTo,
  ...[...references].reverse(),
];
