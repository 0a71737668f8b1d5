import type { MessageHeaders, NoticeKind } from '../message/message';
import { providers } from '../provider/providers';
import {
  readsLikeAutoReply,
  readsLikeBounce,
  readsLikeDelay,
  readsLikeRefusalByList,
  readsLikeSuccess,
} from './notice-subjects';

const complaintsComeFrom = new Set(providers.flatMap(({ complaintsFrom }) => complaintsFrom));

/**
 * What an automatic message is, as a label on it and never a reason to drop it (P6); null for a person's mail and for
 * newsletters. The strongest sign first: the report type (RFC 3464, 8098, 5965), then how mail systems write bounces,
 * then RFC 3834 and what programs used before it.
 */
export const classifyNotice = (headers: MessageHeaders): NoticeKind | null => {
  const report = reportOf(headers.contentType);
  if (report === 'receipt' || report === 'complaint') return report;
  if (report === 'delivery' || isFromMailSystem(headers)) return deliveryNotice(headers.subject);
  if (isComplaintWithoutReport(headers)) return 'complaint';
  return isAutoReply(headers) ? 'auto-reply' : null;
};

/**
 * The result for each recipient stands in the body of the report (`noticeAfterReport`): until that is read, the
 * subject decides (c49).
 */
const deliveryNotice = (subject: string): NoticeKind => {
  if (readsLikeDelay(subject)) return 'delay';
  return readsLikeSuccess(subject) ? 'receipt' : 'bounce';
};

const reportOf = (contentType: string): 'delivery' | 'receipt' | 'complaint' | null => {
  const lower = contentType.toLowerCase();
  const type = lower.split(';')[0]?.trim();
  const reportType = /report-type\s*=\s*"?\s*([a-z-]+)/.exec(lower)?.[1];
  // Some systems send the machine-readable part alone, or forget the parameter.
  const kind =
    type === 'multipart/report' ? (reportType ?? 'delivery-status') : type?.replace(/^message\//, '');
  switch (kind) {
    case 'delivery-status':
    case 'global-delivery-status':
      return 'delivery';
    case 'disposition-notification':
    case 'global-disposition-notification':
      return 'receipt';
    case 'feedback-report':
      return 'complaint';
    default:
      return null;
  }
};

/**
 * Unstructured bounces (qmail, Exim, Notes): X-Failed-Recipients, the mail daemon as author, or an empty return path
 * (RFC 5321 4.5.5) with a subject to match. An empty return path alone fits an auto-reply too.
 */
const isFromMailSystem = (headers: MessageHeaders): boolean => {
  if (headers.failedRecipients.trim() !== '' || readsLikeRefusalByList(headers.subject)) return true;
  const localParts = headers.from.map(({ address }) => address.toLowerCase().split('@')[0] ?? '');
  if (localParts.some((localPart) => /^mailer[-_]?daemon/.test(localPart))) return true;
  const isPostmaster = localParts.some((localPart) =>
    /^(?:postmaster|mail[-_.]?(?:delivery|system)|mdaemon)/.test(localPart)
  );
  const hasNoReturn = headers.returnPath !== null && /^<?\s*>?$/.test(headers.returnPath.trim());
  const readsLikeOne = readsLikeBounce(headers.subject) || readsLikeDelay(headers.subject);
  // McAfee and m-FILTER write `From: <>`, which no person's program does.
  const hasNoAuthor = [headers.from, headers.sender, headers.replyTo].every((field) => field.length === 0);
  if (isPostmaster) return hasNoReturn || readsLikeOne;
  return (hasNoReturn || hasNoAuthor) && readsLikeOne ? true : isFromKddi(headers, hasNoReturn);
};

/** au by KDDI writes its bounces as `no-reply` at the subscriber's domain, with `Mail` for a subject. */
const isFromKddi = ({ from, subject }: MessageHeaders, hasNoReturn: boolean): boolean =>
  hasNoReturn &&
  subject.trim().toLowerCase() === 'mail' &&
  from.some(({ address }) => /^no-reply@[a-z0-9.-]{1,200}\.ne\.jp$/i.test(address));

/** Outlook.com's Junk Email Reporting Program sends no feedback report (RFC 5965) but the mail itself. */
const isComplaintWithoutReport = ({ from, subject }: MessageHeaders): boolean =>
  from.some(({ address }) => complaintsComeFrom.has(address.toLowerCase())) &&
  /^\s*complaint about message from\b/i.test(subject);

const isAutoReply = (headers: MessageHeaders): boolean => {
  // RFC 3834 5: a keyword, then optional parameters.
  const submitted = headers.autoSubmitted.toLowerCase().split(/[;\s(]/)[0] ?? '';
  if (submitted !== '' && submitted !== 'no') return true;
  if (/^\s*auto[_-]?repl/i.test(headers.precedence)) return true;
  if (headers.autoReplyMarks.some(isAutoReplyMark) || isFromAmazonSns(headers)) return true;
  return readsLikeAutoReply(headers.subject);
};

/** Amazon SNS forwards what SES reports about deliveries, as JSON in the body; no header field says so. */
const isFromAmazonSns = ({ from }: MessageHeaders): boolean =>
  from.some(({ address }) => /@sns\.amazonaws\.com$/i.test(address));

/**
 * A mark is the name of a field that only automatic mail has, or `name: value`. X-Auto-Response-Suppress asks others
 * not to answer; programs put it on ordinary mail, so it proves nothing.
 */
const isAutoReplyMark = (mark: string): boolean => {
  const text = mark.trim().toLowerCase();
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1).trim();
  return !text.startsWith('x-auto-response-suppress') && !['', 'no', 'false', '0', 'none'].includes(value);
};
