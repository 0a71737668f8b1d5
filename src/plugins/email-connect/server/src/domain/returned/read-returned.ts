import { unreachable } from '../../../../shared/unreachable';
import type { MessageId } from '../identification/message-id';
import type { DeliveryReport, NoticeKind, ReturnedMessage } from '../message/message';
import { readDeliveryStatus } from './delivery-status';
import { readDisposition } from './disposition';
import { readFeedback } from './feedback';
import { readNoticeText } from './notice-text';
import { readReturnedHeader } from './returned-header';
import type { PartFindings, ReturnedPart } from './returned-part';

/** No honest notice holds nearly as many; a hostile one may hold nothing but ids. */
const MOST_IDS = 100;
const MOST_RECIPIENTS = 200;
const MOST_CHARACTERS = 64 * 1024;

/**
 * What an automatic message tells about the mail it is about: ids (the returned mail's own before those it answers),
 * the envelope id, one entry for each recipient. null when it tells nothing. Linear in the length of the parts; at
 * most 64 K characters of each are read; never throws.
 */
export const readReturned = (parts: readonly ReturnedPart[], notice: NoticeKind): ReturnedMessage | null => {
  const findings = parts.map((part) => readPart(part, notice));
  const messageIds = new Set<MessageId>([
    ...findings.flatMap(({ ids }) => ids),
    ...findings.flatMap(({ related }) => related),
  ]);
  const returned: ReturnedMessage = {
    messageIds: [...messageIds].slice(0, MOST_IDS),
    envelopeId: findings.map(({ envelopeId }) => envelopeId).find((id) => id !== '') ?? '',
    recipients: distinct(findings.flatMap(({ recipients }) => recipients)).slice(0, MOST_RECIPIENTS),
  };
  const isEmpty = messageIds.size === 0 && returned.envelopeId === '' && returned.recipients.length === 0;
  return isEmpty ? null : returned;
};

const readPart = ({ kind, text }: ReturnedPart, notice: NoticeKind): PartFindings => {
  const read = text.slice(0, MOST_CHARACTERS);
  switch (kind) {
    case 'header':
      return readReturnedHeader(read);
    case 'delivery-status':
      return readDeliveryStatus(read);
    case 'disposition':
      return readDisposition(read);
    case 'feedback':
      return readFeedback(read);
    case 'text':
      return readNoticeText(read, notice);
    default:
      return unreachable(kind);
  }
};

/** One report for each recipient: a machine-readable report wins over words in a text. */
const distinct = (reports: readonly DeliveryReport[]): DeliveryReport[] => {
  const seen = new Set<string>();
  return reports.filter(({ address }) => {
    if (address === '') return true;
    const isNew = !seen.has(address);
    seen.add(address);
    return isNew;
  });
};

/**
 * The kind of notice once its report was read, which is surer than the subject: some recipients failed: a bounce;
 * some are still waited for: a delay; all arrived: a receipt (RFC 3464 2.3.3). A complaint stays a complaint.
 */
export const noticeAfterReport = (notice: NoticeKind, returned: ReturnedMessage | null): NoticeKind => {
  if (notice === 'complaint' || notice === 'auto-reply') return notice;
  const actions = new Set(returned?.recipients.map(({ action }) => action) ?? []);
  if (actions.size === 0) return notice;
  if (actions.has('failed')) return 'bounce';
  return actions.has('delayed') ? 'delay' : 'receipt';
};
