import { normalizeAddress } from '../../../domain/address/address';
import type { MessageId } from '../../../domain/identification/message-id';
import { findRows, findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { IdRow, MessageRow } from '../base/rows';
import { idHash, messageIdsOf } from './id-index';

/** What a person answered. */
export interface PersonalAnswer {
  /** Normalised. */
  author: string;
  /** ISO. */
  receivedAt: string;
}

/** A mail that was sent from here, as far as a notice about it asks. */
export interface SentMail {
  /** To, Cc and Bcc, normalised. */
  recipients: ReadonlySet<string>;
  /** What people answered to this very mail. */
  answers: readonly PersonalAnswer[];
}

type SentRow = Pick<MessageRow, 'documentId' | 'to' | 'cc' | 'bcc' | 'thread'>;
type AnswerRow = Pick<MessageRow, 'fromAddress' | 'inReplyTo' | 'evidence' | 'receivedAt'>;

/** Of these messages those that were sent from here, by documentId. Three queries, whatever their number. */
export const loadSentMail = async (
  strapi: Strapi,
  documentIds: readonly string[]
): Promise<Map<string, SentMail>> => {
  const rows = await findRowsIn<SentRow>(strapi, uids.message, 'documentId', documentIds, {
    where: { direction: 'outgoing' },
    select: ['documentId', 'to', 'cc', 'bcc'],
    populate: { thread: { select: ['documentId'] } },
  });
  const threads = new Set(rows.flatMap(({ thread }) => thread?.documentId ?? []));
  const answers =
    threads.size === 0 ? new Map<string, PersonalAnswer[]>() : await loadAnswers(strapi, [...threads]);
  return new Map(
    rows.map(({ documentId, to, cc, bcc }) => [
      documentId,
      {
        recipients: new Set([...to, ...cc, ...bcc].map(({ address }) => normalizeAddress(address))),
        answers: answers.get(documentId) ?? [],
      },
    ])
  );
};

/** What people answered in these threads, by the documentId of the message that they answered. */
const loadAnswers = async (
  strapi: Strapi,
  threadDocumentIds: readonly string[]
): Promise<Map<string, PersonalAnswer[]>> => {
  const rows = await findRows<AnswerRow>(strapi, uids.message, {
    where: { thread: { documentId: { $in: threadDocumentIds } }, direction: 'incoming', notice: null },
    select: ['fromAddress', 'inReplyTo', 'evidence', 'receivedAt'],
  });
  const citing = new Map<string, PersonalAnswer[]>();
  for (const row of rows) {
    const answer = { author: normalizeAddress(row.fromAddress), receivedAt: row.receivedAt };
    for (const id of answeredIds(row)) append(citing, idHash(id), [answer]);
  }
  const answers = new Map<string, PersonalAnswer[]>();
  const known = await findRowsIn<IdRow>(strapi, uids.idIndex, 'hash', [...citing.keys()]);
  for (const { hash, messageDocumentId } of known) {
    append(answers, messageDocumentId, citing.get(hash) ?? []);
  }
  return answers;
};

const append = (
  map: Map<string, PersonalAnswer[]>,
  key: string,
  answers: readonly PersonalAnswer[]
): void => {
  const known = map.get(key);
  if (known) known.push(...answers);
  else map.set(key, [...answers]);
};

/** What a mail answers; where a program writes References only, the known one that is nearest in them. */
const answeredIds = ({ inReplyTo, evidence }: AnswerRow): MessageId[] =>
  inReplyTo.length === 0 && evidence?.rung === 'references' ? messageIdsOf([evidence.value]) : inReplyTo;
