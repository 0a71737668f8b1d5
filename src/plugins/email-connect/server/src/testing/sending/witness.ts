import type { DeliveryStatus } from '../../domain/outgoing/outgoing';
import { isFinal, toldOf } from '../../domain/outgoing/stage';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import type { MailToQueue } from '../../ports';
import type { ModelMail } from '../world/server/mail';
import type { ModelOutboxRow } from './outbox';
import type { Handover } from './handover';

/** It goes on by itself no more: it is over, or waits for a person. */
export const isAtRest = (stage: OutgoingStage): boolean =>
  isFinal(stage) || stage === 'held' || stage === 'asked';

/** All that ever happened to one mail that was written here, whoever knew of it. Times in ms. */
export interface WitnessedMail {
  messageId: string;
  messageDocumentId: string;
  threadDocumentId: string;
  inboxDocumentId: string;
  /** Of the press that made it. */
  subject: string;
  composedFor: string;
  stages: { stage: OutgoingStage; at: number }[];
  handovers: Handover[];
  taken: number;
  /** People's words: calls that may have taken effect, answered or not. */
  sendAgains: number[];
  releases: number;
  saidWentOut: boolean;
  /** Processes that were told the server's yes. */
  hearers: { isDead: boolean }[];
  erasedAt: number | null;
  /** Somebody was told that it did not go out. */
  toldUnsent: 'refused' | 'cancelled' | null;
  mail: ModelMail;
}

/** Sees what the server, the records and the people see, and says at once what must never be. */
export class SendingWitness {
  readonly complaints: string[] = [];
  readonly mails: WitnessedMail[] = [];
  private readonly news = new Map<string, number>();
  private readonly connections: { inboxDocumentId: string; at: number; isEnd: boolean }[] = [];

  /** `answerMs`: how long an answer may be under way. `lastKnownMs`: how old `queued` may be, which says "look again". */
  constructor(private readonly world: { now: number; answerMs: number; lastKnownMs: number }) {}

  byDocument(messageDocumentId: string): WitnessedMail | undefined {
    return this.mails.find((one) => one.messageDocumentId === messageDocumentId);
  }

  stageOf({ stages }: WitnessedMail): OutgoingStage {
    return stages.at(-1)?.stage ?? 'queued';
  }

  /** S51: one press, one Message-ID. */
  heardOfQueue(row: ModelOutboxRow, { message, composedFor }: MailToQueue, mail: ModelMail): void {
    const { subject } = message.parsed.headers;
    const twin = this.mails.find((one) => one.subject === subject);
    if (twin) this.complain(`S51: one press made ${twin.messageId} and ${row.messageId}`);
    this.mails.push({
      messageId: row.messageId,
      messageDocumentId: row.messageDocumentId,
      threadDocumentId: row.threadDocumentId,
      inboxDocumentId: row.inboxDocumentId,
      subject,
      composedFor,
      mail,
      stages: [{ stage: 'queued', at: this.world.now }],
      handovers: [],
      taken: 0,
      sendAgains: [],
      releases: 0,
      saidWentOut: false,
      hearers: [],
      erasedAt: null,
      toldUnsent: null,
    });
  }

  heardOfStage(row: ModelOutboxRow): void {
    const mail = this.byDocument(row.messageDocumentId);
    if (!mail) return;
    const before = this.stageOf(mail);
    if (before === row.stage) return;
    mail.stages.push({ stage: row.stage, at: this.world.now });
    const goesOut = row.stage === 'queued' || row.stage === 'submitting';
    if (before === 'held' && goesOut && mail.releases === 0) {
      this.complain(`S4: ${mail.messageId} was held, and goes on although nobody let it go`);
    }
    if (before === 'asked' && goesOut && mail.sendAgains.length === 0) {
      this.complain(`S51: ${mail.messageId} is handed over again although nobody asked for that`);
    }
    if (row.stage === 'sent' && mail.taken === 0 && !mail.saidWentOut) {
      this.complain(`S51: ${mail.messageId} is told as sent, and no server has it`);
    }
  }

  /** The last byte of it is with a server. */
  heardOfHandover(handover: Handover): void {
    const mail = this.mails.find(({ messageId }) => messageId === handover.mail.headers.messageId);
    if (!mail) return this.complain(`S14: ${handover.mail.key} is handed over and not recorded`);
    const { messageId, handovers, composedFor } = mail;
    const open = handovers.filter(({ isRefused }) => !isRefused).at(-1);
    if (open && !mail.sendAgains.some((at) => at >= open.at)) {
      this.complain(`S51: ${messageId} is handed over again, and the server may have it`);
    }
    if (this.stageOf(mail) !== 'submitting') {
      this.complain(`S51: ${messageId} is handed over, and is recorded as ${this.stageOf(mail)}`);
    }
    if (mail.erasedAt !== null) this.complain(`S21: ${messageId} is handed over after it was erased`);
    if (mail.toldUnsent)
      this.complain(`S51: ${messageId} is handed over, and was told as ${mail.toldUnsent}`);
    if (composedFor !== `${handover.mailFrom} ${handover.login}`) {
      this.complain(`S4: ${messageId} goes out by ${handover.login}, and was composed for ${composedFor}`);
    }
    if (this.waitedThroughDisconnection(mail)) {
      this.complain(`S4: ${messageId} waited when its inbox was disconnected, and goes out by itself`);
    }
    handover.at = this.world.now;
    handovers.push(handover);
  }

  /** The server's yes came to this process, which is to see to it that it is recorded. */
  heardOfYes({ mail: { headers } }: Handover, hearer: { isDead: boolean }): void {
    const mail = this.mails.find(({ messageId }) => messageId === headers.messageId);
    if (mail) mail.hearers.push(hearer);
  }

  heardOfTaking({ mail: { headers } }: Handover): void {
    const mail = this.mails.find(({ messageId }) => messageId === headers.messageId);
    if (!mail) return;
    mail.taken += 1;
    if (mail.taken > 1 + mail.sendAgains.length) {
      this.complain(`S51: the server has ${mail.messageId} ${mail.taken} times`);
    }
  }

  heardOfConnection(inboxDocumentId: string, isEnd: boolean): void {
    this.connections.push({ inboxDocumentId, at: this.world.now, isEnd });
  }

  /** It was connected then, and ever since. */
  wasConnectedSince(inboxDocumentId: string, at: number): boolean {
    const ofInbox = this.connections.filter((one) => one.inboxDocumentId === inboxDocumentId);
    const then = ofInbox.filter((one) => one.at <= at).at(-1);
    return then?.isEnd !== true && !ofInbox.some((one) => one.isEnd && one.at > at);
  }

  /** Events follow what is recorded, and each once. */
  heardOfNews(kind: string, threadDocumentId: string): void {
    const stage = kind === 'message.sent' ? 'sent' : kind === 'message.failed' ? 'refused' : null;
    if (!stage) return;
    const key = `${kind} ${threadDocumentId}`;
    const told = (this.news.get(key) ?? 0) + 1;
    this.news.set(key, told);
    const recorded = this.mails.filter(
      (mail) => mail.threadDocumentId === threadDocumentId && mail.stages.some((one) => one.stage === stage)
    );
    if (told > recorded.length) this.complain(`S51: ${kind} of ${threadDocumentId}, and it is not so`);
  }

  /** S51: a person hears what is recorded now, or was when the answer set out. */
  heardBy(messageDocumentId: string, told: DeliveryStatus | 'refused', since: number): void {
    const mail = this.byDocument(messageDocumentId);
    if (!mail) return this.complain(`S51: ${messageDocumentId} is told as ${told}, and nothing is recorded`);
    const { messageId, stages } = mail;
    const { now, answerMs, lastKnownMs } = this.world;
    const from = Math.max(since, now - (told === 'queued' ? lastKnownMs : answerMs));
    const inForce = stages.filter((_, i) => (stages[i + 1]?.at ?? Infinity) >= from);
    const isSo = ({ stage }: WitnessedMail['stages'][number]): boolean =>
      told === 'refused' ? stage === 'refused' : toldOf(stage) === told;
    if (!inForce.some(isSo)) {
      const found = inForce.map(({ stage }) => stage).join(', ');
      this.complain(`S51: ${messageId} is told as ${told}, and is recorded as ${found}`);
    }
    if (told === 'refused') mail.toldUnsent = 'refused';
    if (told === 'cancelled') mail.toldUnsent = 'cancelled';
  }

  complain(text: string): void {
    this.complaints.push(text);
  }

  /** It waited from a disconnection to the next connection, and its owner has not let it go since. */
  private waitedThroughDisconnection({
    inboxDocumentId,
    stages,
    releases,
    sendAgains,
  }: WitnessedMail): boolean {
    if (releases > 0 || sendAgains.length > 0) return false;
    const ofInbox = this.connections.filter((one) => one.inboxDocumentId === inboxDocumentId);
    const waitedAt = (at: number): boolean => stages.filter((one) => one.at <= at).at(-1)?.stage === 'queued';
    return ofInbox.some(({ isEnd, at }, i) => {
      const next = ofInbox.slice(i).find((later) => !later.isEnd);
      return isEnd && next !== undefined && waitedAt(at) && waitedAt(next.at);
    });
  }
}
