import { standingOf } from '../../../domain/access/standing';
import { answerAsked } from '../../../domain/logging/asked';
import type { AskedAnswer, AskedFacts } from '../../../domain/logging/asked';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { AskedMessage, MailToPlace, MessageToRecord } from '../../../ports';
import type { Writer } from '../base/transaction';
import { countingCarriersOf } from '../people/carriers';
import { contactsThatExist } from '../people/contacts';
import { loadConversations } from './conversations';
import { mailOf, placeOfMail } from './place-in-thread';

/** `MessageRecords.askedFacts`, within a transaction of the caller. */
export const loadAskedFacts = async (
  writer: Writer,
  mail: MailToPlace,
  chosen: LinkedContact | null
): Promise<AskedFacts> => {
  const { strapi } = writer;
  const place = placeOfMail(mail, notWritten, []);
  const conversations = await loadConversations(writer, [place]);
  const { addresses, records } = standingOf(place.message, conversations.factsFor(place));
  const carriers = await countingCarriersOf(
    strapi,
    addresses.map(({ address }) => address)
  );
  return {
    standsOn: await contactsThatExist(strapi, [...records, ...carriers]),
    chosen: chosen && {
      contact: chosen,
      isThere: (await contactsThatExist(strapi, [chosen])).length > 0,
    },
    begins: mail.begins,
  };
};

const notWritten = { id: 0, documentId: '', threadId: 0 };

/** On whom messages are logged that people asked for: as it is within this transaction. */
export const answerAskedMessages = async (
  writer: Writer,
  logged: readonly { message: MessageToRecord; asked?: AskedMessage }[]
): Promise<ReadonlyMap<MessageToRecord, AskedAnswer>> => {
  const answers = new Map<MessageToRecord, AskedAnswer>();
  for (const { message, asked } of logged) {
    if (!asked) continue;
    answers.set(message, answerAsked(await loadAskedFacts(writer, mailOf(message), asked.chosen)));
  }
  return answers;
};
