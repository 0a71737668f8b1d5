import { unreachable } from '../../../../../shared/unreachable';
import type { DeliveryReport, RecordMark } from '../../../domain/message/message';
import { effectOfNotice } from '../../../domain/returned/effect-of-notice';
import type { NoticeEffect } from '../../../domain/returned/effect-of-notice';
import { updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { storable, storableJson } from '../base/storable';
import { loadSentMail } from '../facts/reported-mail';
import type { SentMail } from '../facts/reported-mail';
import type { PlacedMessage } from './message-rows';

/**
 * Records what new bounces, delays and receipts report about mail that was sent from here (P6, c49, c50), and marks
 * those that anybody may have written (S44). Returns the documentIds of the notices by which a mail bounced.
 */
export const reportDeliveries = async (
  strapi: Strapi,
  added: readonly PlacedMessage[]
): Promise<ReadonlySet<string>> => {
  const bounces = new Set<string>();
  const notices = added.filter(
    ({ message }) => message.notice !== null && message.answersDocumentId !== null
  );
  if (notices.length === 0) return bounces;
  const mails = await loadSentMail(
    strapi,
    notices.flatMap(({ message }) => message.answersDocumentId ?? [])
  );
  for (const notice of notices) {
    const about = notice.message.answersDocumentId ?? '';
    const mail = mails.get(about);
    if (!mail) continue;
    const effect = effectOf(notice, mail);
    await apply(strapi, notice, about, effect);
    if (effect.kind === 'bounced') bounces.add(notice.documentId);
  }
  return bounces;
};

const effectOf = (
  { message: { notice, reports, receivedAt, parsed } }: PlacedMessage,
  { recipients, answers }: SentMail
): NoticeEffect => {
  if (notice === null) return { kind: 'none' };
  const before = answers.filter((answer) => Date.parse(answer.receivedAt) <= Date.parse(receivedAt));
  const answeredBy = new Set(before.map(({ author }) => author));
  const { headers, text } = parsed;
  return effectOfNotice({ notice, headers, reports, text }, { recipients, answeredBy });
};

/** A bounce is final: a delay before or after it changes nothing. The first receipt counts. */
const apply = async (
  strapi: Strapi,
  notice: PlacedMessage,
  documentId: string,
  effect: NoticeEffect
): Promise<void> => {
  const sent = { documentId, direction: 'outgoing' };
  const updatedAt = new Date();
  switch (effect.kind) {
    case 'bounced':
      await updateRows(strapi, uids.message, sent, {
        deliveryStatus: 'bounced',
        failureCode: 'BOUNCED',
        failureMessage: sentenceOf('It was not delivered', effect.reports),
        updatedAt,
      });
      return;
    case 'delayed': {
      const undecided = { ...sent, $or: [{ deliveryStatus: null }, { deliveryStatus: { $ne: 'bounced' } }] };
      await updateRows(strapi, uids.message, undecided, {
        deliveryStatus: 'delayed',
        failureCode: 'DELAYED',
        failureMessage: sentenceOf('It is not delivered yet', effect.reports),
        updatedAt,
      });
      return;
    }
    case 'read': {
      const unread = { ...sent, readAt: null };
      await updateRows(strapi, uids.message, unread, { readAt: notice.message.receivedAt, updatedAt });
      return;
    }
    case 'unproven': {
      const marks = storableJson([...notice.marks, 'unproven' satisfies RecordMark]);
      await updateRows(strapi, uids.message, { documentId: notice.documentId }, { marks });
      return;
    }
    case 'none':
      return;
    default:
      unreachable(effect);
  }
};

const LONGEST_DIAGNOSTIC = 200;

/** How many recipients, which status, and the first server's answer. */
const sentenceOf = (what: string, reports: readonly DeliveryReport[]): string => {
  const statuses = [...new Set(reports.map(({ status }) => status).filter((status) => status !== ''))];
  const recipients = reports.length > 1 ? ` to ${reports.length} recipients` : '';
  const status = statuses.length > 0 ? ` (${statuses.slice(0, 3).join(', ')})` : '';
  const said = reports.find(({ diagnostic }) => diagnostic !== '')?.diagnostic ?? '';
  const quoted = [...said.replace(/\s+/g, ' ').trim()].slice(0, LONGEST_DIAGNOSTIC).join('');
  return storable(`${what}${recipients}${status}${quoted === '' ? '.' : `: ${quoted}`}`);
};
