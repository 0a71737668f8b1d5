import { normalizeAddress } from '../address/address';
import { classifyNotice } from '../classification/classify-notice';
import { noticeAfterReport } from '../returned/read-returned';
import type { MessageId } from '../identification/message-id';
import { directionOf } from '../message/direction';
import type { Candidate, Direction, MessageHeaders, NoticeKind } from '../message/message';
import { authorsOf, participantsOf } from '../message/participants';
import { baseSubject } from '../subject/base-subject';
import type { DecisionContext } from './decision-context';
import { isFiledAsSent } from './hand-off';
import { isOfTeam } from './outsiders';
import type { KnownThread, LoggingFacts } from './verdict';

/**
 * One message to decide on, and facts about it that several steps need: each is worked out when first asked for, and
 * once.
 */
export class Question {
  readonly headers: MessageHeaders;
  private noticeOnce: NoticeKind | null | undefined;
  private participantsOnce: string[] | undefined;
  private baseSubjectOnce: string | undefined;
  private ownOnce: string | undefined;
  private logAddressOnce: string | undefined;

  constructor(
    readonly candidate: Candidate,
    readonly facts: LoggingFacts,
    readonly context: DecisionContext
  ) {
    this.headers = candidate.headers;
  }

  get notice(): NoticeKind | null {
    if (this.noticeOnce === undefined) {
      const notice = classifyNotice(this.headers);
      this.noticeOnce = notice && noticeAfterReport(notice, this.candidate.returned);
    }
    return this.noticeOnce;
  }

  /** A bounce, a delay or a complaint: written by a mail system, maybe our own, which is no participant. */
  get isOfMailSystem(): boolean {
    return this.notice === 'bounce' || this.notice === 'delay' || this.notice === 'complaint';
  }

  /** Everyone named, normalised. */
  get participants(): string[] {
    return (this.participantsOnce ??= participantsOf(this.headers));
  }

  /** Participants who are not of the team (P8). */
  get outsiders(): string[] {
    return this.participants.filter((address) => !this.isOurs(address));
  }

  get baseSubject(): string {
    return (this.baseSubjectOnce ??= baseSubject(this.headers.subject));
  }

  /** Normalised; '' for none. */
  get logAddress(): string {
    return (this.logAddressOnce ??= normalizeAddress(this.context.logAddress));
  }

  /** Whether a normalised address is one of the team's, or of this inbox. */
  isOurs(address: string): boolean {
    this.ownOnce ??= normalizeAddress(this.context.inboxAddress);
    if (address === '') return false;
    return address === this.ownOnce || isOfTeam(address, this.facts.team) || address === this.logAddress;
  }

  get isFiledAsSent(): boolean {
    return isFiledAsSent(this.candidate, this.context.folderUse);
  }

  /**
   * Ids that the mail had before a server replaced them. They count in mail of the team only, for anybody can claim an
   * id of ours as theirs, and a mail that is ours by nothing else would be lost (S44).
   */
  get earlierIds(): readonly MessageId[] {
    const { originalMessageIds } = this.headers;
    return originalMessageIds.length === 0 || this.direction === 'outgoing' ? originalMessageIds : [];
  }

  /** Mail that this inbox wrote, in whatever folder it lies (c45). */
  get isOwnCopy(): boolean {
    return this.isFiledAsSent || directionOf(this.headers, this.context.inboxAddress) === 'outgoing';
  }

  /**
   * Mail of this inbox or of a colleague is outgoing, in whose mailbox it may be found; a mail system's notice never
   * is.
   */
  get direction(): Direction {
    if (this.isFiledAsSent) return 'outgoing';
    if (this.isOfMailSystem) return 'incoming';
    return authorsOf(this.headers).some((address) => this.isOurs(address)) ? 'outgoing' : 'incoming';
  }

  /** Whether all participants of a thread are of the team (c52): a test, a note to oneself. */
  isSelfTalk(thread: KnownThread): boolean {
    return [...thread.participants].every((address) => this.isOurs(address));
  }
}
