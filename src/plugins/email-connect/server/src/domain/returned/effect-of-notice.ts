import type { DeliveryReport, MessageHeaders, NoticeKind } from '../message/message';
import { authorsOf } from '../message/participants';
import { addressesIn } from './report-values';

/** What an automatic message says about a mail. */
export interface NoticeFacts {
  notice: NoticeKind;
  headers: Pick<MessageHeaders, 'from' | 'sender' | 'returnPath' | 'failedRecipients'>;
  reports: readonly DeliveryReport[];
  /** Its own text, with whatever copy of the mail stands in it. */
  text: string;
}

/** The mail from here that a notice is about; addresses are normalised. */
export interface ReportedMail {
  /** To, Cc and Bcc. */
  recipients: ReadonlySet<string>;
  /** Recipients of whom a person's answer to this very mail came before the notice. */
  answeredBy: ReadonlySet<string>;
}

/**
 * What a notice changes of the mail that it is about. `reports`: those that count, [] when it is told in words only.
 * `none`: it tells nothing new. `unproven`: anybody may have written it.
 */
export type NoticeEffect =
  { kind: 'bounced' | 'delayed'; reports: DeliveryReport[] } | { kind: 'read' | 'none' | 'unproven' };

/**
 * Whoever got hold of a Message-ID can write a notice about it, and every header field of that notice; so an id alone
 * proves nothing (S44). A bounce or delay counts when it has no return path, as RFC 5321 4.5.5 wants of all notices, or
 * that of a mail daemon, and names a recipient of the mail; a receipt when it names one or comes from one. Programs
 * send receipts with the person's own return path, against RFC 8098 3. A recipient who has answered is reached:
 * nothing that comes later says otherwise.
 */
export const effectOfNotice = (facts: NoticeFacts, mail: ReportedMail): NoticeEffect => {
  if (facts.notice === 'auto-reply' || facts.notice === 'complaint') return { kind: 'none' };
  if (facts.notice !== 'receipt' && !isSentBySystem(facts.headers)) return { kind: 'unproven' };
  const said = statementsOf(facts, mail.recipients).filter(({ about }) => about.length > 0);
  if (said.length === 0) return { kind: 'unproven' };
  const open = said.filter(({ about }) => about.some((address) => !mail.answeredBy.has(address)));
  const withAction = (action: Statement['action']) => open.filter((one) => one.action === action);
  const [failed, delayed] = [withAction('failed'), withAction('delayed')];
  if (failed.length > 0) return { kind: 'bounced', reports: failed.flatMap(({ report }) => report ?? []) };
  if (delayed.length > 0) return { kind: 'delayed', reports: delayed.flatMap(({ report }) => report ?? []) };
  return { kind: withAction('displayed').length > 0 ? 'read' : 'none' };
};

/** RFC 5321 4.5.5; absent where the server does not write it down. Old servers write the daemon's own address. */
const isSentBySystem = ({ returnPath }: NoticeFacts['headers']): boolean => {
  const path = (returnPath ?? '')
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .trim();
  return path === '' || /^(?:null$|mailer[-_]?daemon|postmaster)/i.test(path);
};

/** One thing that a notice says; `about`: the recipients of the mail that it says it of. */
interface Statement {
  action: DeliveryReport['action'] | 'displayed';
  report: DeliveryReport | null;
  about: string[];
}

const statementsOf = (facts: NoticeFacts, recipients: ReadonlySet<string>): Statement[] => {
  const { notice, headers, reports } = facts;
  const ofMail = (addresses: readonly string[]): string[] =>
    addresses.filter((address) => recipients.has(address));
  const authors = notice === 'receipt' ? ofMail(authorsOf(headers)) : [];
  const named = reports.map((report) => ({
    action: actionOf(facts, report),
    report,
    about: [...authors, ...ofMail([report.address, report.forwardedTo])],
  }));
  if (named.some(({ about }) => about.length > 0)) return named;
  const about = [...authors, ...ofMail(namedInWords(facts, recipients))];
  if (reports.length === 0) return [{ action: actionOf(facts, null), report: null, about }];
  return named.map((statement) => ({ ...statement, about }));
};

/** A report for people only: qmail, Exim and others that came before RFC 3464. */
const namedInWords = ({ headers, reports, text }: NoticeFacts, recipients: ReadonlySet<string>): string[] => {
  const failed = addressesIn(headers.failedRecipients);
  if (reports.some(({ address }) => address !== '')) return failed;
  const words = new Set(addressesIn(text));
  return [...failed, ...[...recipients].filter((address) => words.has(address))];
};

/** RFC 8098 3.2.6: a person's mail program said "displayed"; a server's report of a delivery has a status instead. */
const actionOf = ({ notice }: NoticeFacts, report: DeliveryReport | null): Statement['action'] => {
  if (report === null) return actionIn[notice];
  const isDisplayed = notice === 'receipt' && report.status === '' && /^displayed\b/i.test(report.diagnostic);
  return isDisplayed ? 'displayed' : report.action;
};

const actionIn: Record<NoticeKind, Statement['action']> = {
  bounce: 'failed',
  delay: 'delayed',
  receipt: 'displayed',
  complaint: 'delivered',
  'auto-reply': 'delivered',
};
