import { normalizeAddress } from '../address/address';
import { isSenderProven } from '../authentication/authenticated-sender';
import type { Direction } from '../message/message';
import { hasForwardMark } from '../subject/base-subject';
import { authorsOf } from '../message/participants';
import { firstHit, logOnPurpose } from './on-purpose';
import { isOfTeam } from './outsiders';
import type { Question } from './question';
import { isToInspect } from './by-returned-part';
import { decided } from './steps';
import type { Decision, HoldCode } from './verdict';

/**
 * Mail that a team member sent to the log address, or with it on Bcc, is logged; mail that is not provably from the
 * team is held (S28). A copy that the member's own mailbox filed as sent needs no other proof. A stranger's answer to
 * a logged mail that had the log address on it is a reply like any other, and so is a mail system's notice about one:
 * what they cite decides.
 */
export const logAddress = (question: Question): Decision | null => {
  const found = whereNamed(question);
  if (!found) return null;
  const isByTeam = isOfTeamMember(question);
  if (!isByTeam && (firstHit(question) || isToInspect(question))) return null;
  if (!isByTeam) {
    return held('LOG_SENDER_UNKNOWN', 'It came by the log address, but not from one of the team.', found);
  }
  return (
    unproven(question, found) ??
    logOnPurpose(question, 'log-address', {
      rung: 'log-address',
      origin: 'log-address',
      direction: directionBy(question, found),
      header: found,
      value: question.logAddress,
      detail: 'A team member sent it to the log address.',
    })
  );
};

/** null for mail that is proven to be the member's own. What the servers wrote above it is read for no other mail. */
const unproven = (
  { candidate, context, headers, isFiledAsSent }: Question,
  found: NamedIn
): Decision | null => {
  if (isFiledAsSent) return null;
  if (candidate.trace === null) {
    const detail = 'What the receiving server says of its sender is read next.';
    return decided('log-address', { kind: 'inspect', part: 'trace' }, { header: found, detail });
  }
  return isSenderProven(headers, candidate.trace, context.receiver)
    ? null
    : held('LOG_SENDER_UNVERIFIED', 'It came by the log address, but nothing proves who sent it.', found);
};

type NamedIn = 'Delivered-To' | 'To' | 'Cc';

const whereNamed = ({ context, logAddress: wanted, headers }: Question): NamedIn | null => {
  if (context.logAddress === '') return null;
  if (headers.to.some(({ address }) => normalizeAddress(address) === wanted)) return 'To';
  if (headers.cc.some(({ address }) => normalizeAddress(address) === wanted)) return 'Cc';
  return headers.deliveredTo.some((address) => normalizeAddress(address) === wanted) ? 'Delivered-To' : null;
};

/** The address of this very inbox is the team's no more than any other: somebody may have connected a customer's (w51). */
const isOfTeamMember = (question: Question): boolean => {
  const authors = authorsOf(question.headers);
  return (
    !question.isOfMailSystem &&
    authors.length > 0 &&
    authors.every((author) => isOfTeam(author, question.facts.team) && author !== question.logAddress)
  );
};

/**
 * Mail that is forwarded to the log address came from someone else (S27); mail with the log address on Bcc, or beside
 * another recipient, is the member's own.
 */
const directionBy = (question: Question, found: NamedIn): Direction => {
  if (found === 'Delivered-To') return 'outgoing';
  const { to, cc, subject } = question.headers;
  const hasOtherRecipient = [...to, ...cc].some(({ address }) => !question.isOurs(normalizeAddress(address)));
  return hasForwardMark(subject) || !hasOtherRecipient ? 'incoming' : 'outgoing';
};

const held = (code: HoldCode, detail: string, header: string): Decision =>
  decided('log-address', { kind: 'hold', code, detail }, { header, detail });
