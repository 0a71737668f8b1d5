import type { DeliveryReport } from '../../../domain/message/message';
import type { MessageToRecord } from '../../../ports';
import { updateRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import { storable } from '../base/storable';

/**
 * Records what bounces, delays and receipts report about messages (P6, c49, c50). Only about mail that was sent from
 * here: a bounce says nothing about a mail that came in. A bounce is final; a delay before or after it changes
 * nothing.
 */
export const reportDeliveries = async (
  strapi: Strapi,
  notices: readonly MessageToRecord[]
): Promise<void> => {
  for (const notice of notices) {
    if (notice.answersDocumentId === null) continue;
    const sent = { documentId: notice.answersDocumentId, direction: 'outgoing' };
    const bounced = reportsOf(notice, 'failed', 'bounce');
    const delayed = reportsOf(notice, 'delayed', 'delay');
    if (bounced) {
      await updateRows(strapi, uids.message, sent, {
        deliveryStatus: 'bounced',
        failureCode: 'BOUNCED',
        failureMessage: sentenceOf('It was not delivered', bounced),
        updatedAt: new Date(),
      });
    } else if (delayed) {
      const undecided = { ...sent, $or: [{ deliveryStatus: null }, { deliveryStatus: { $ne: 'bounced' } }] };
      await updateRows(strapi, uids.message, undecided, {
        deliveryStatus: 'delayed',
        failureCode: 'DELAYED',
        failureMessage: sentenceOf('It is not delivered yet', delayed),
        updatedAt: new Date(),
      });
    } else if (saysThatItWasRead(notice)) {
      const unread = { ...sent, readAt: null };
      await updateRows(strapi, uids.message, unread, { readAt: notice.receivedAt, updatedAt: new Date() });
    }
  }
};

/** A person's mail program said "displayed" (RFC 8098 3.2.6); a server's report of a delivery has a status instead. */
const saysThatItWasRead = ({ notice, reports }: MessageToRecord): boolean =>
  notice === 'receipt' &&
  (reports.length === 0 ||
    reports.some(({ status, diagnostic }) => status === '' && /^displayed\b/i.test(diagnostic)));

/** The reports of one action; [] for a notice of that kind which names no recipient at all, null for none. */
const reportsOf = (
  { notice, reports }: MessageToRecord,
  action: DeliveryReport['action'],
  kind: 'bounce' | 'delay'
): DeliveryReport[] | null => {
  const ofAction = reports.filter((report) => report.action === action);
  return ofAction.length > 0 || (notice === kind && reports.length === 0) ? ofAction : null;
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
