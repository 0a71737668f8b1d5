import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import { cancelOutgoing } from '../../use-cases/sending/cancel-outgoing';
import { disconnectInbox, pauseInbox, resumeInbox } from '../../use-cases/connecting/change-inbox-state';
import { editInbox } from '../../use-cases/connecting/edit-inbox';
import { releaseOutgoing } from '../../use-cases/sending/release-outgoing';
import { sendMessage } from '../../use-cases/sending/send-message';
import { settleOutgoing } from '../../use-cases/sending/settle-outgoing';
import { unlogThread } from '../../use-cases/upkeep/unlog-thread';
import { never } from '../fakes/never';
import { passwordOf } from './handover';
import type { Account, Answer, SendingAct } from './history';
import type { SendingWitness, WitnessedMail } from './witness';
import type { SendingWorld, Site } from './world';

/** What somebody wrote, under the key of its composer. */
interface Written {
  key: string;
  words: string;
  owner: string;
  subject: string;
  answers: string | null;
  tries: number;
}

type Disconnection = Extract<SendingAct, { do: 'disconnect' }>;

const MOST_TRIES = 4;
/** Nothing was done, and whoever pressed reads why. */
const NOT_SENT: ReadonlySet<ErrorCode> = new Set(['INBOX_NOT_CONNECTED', 'INPUT_INVALID', 'NOT_FOUND']);

/** The people of the site, who believe what they are told and press again where they are told nothing. */
export class SendingPeople {
  /** What they wait for. */
  waiting = 0;
  /** They press no more by themselves. */
  hasHadEnough = false;
  private readonly written: Written[] = [];

  constructor(private readonly world: SendingWorld) {
    world.onAsked = (messageDocumentId) =>
      this.soon(3, (slot) => {
        const mail = this.witness.byDocument(messageDocumentId);
        this.settle(slot, mail, world.chance.of(['went-out', 'did-not', 'send-again', 'send-again']));
      });
  }

  write(slot: number, ownerNumber: number, isAnswer: boolean): void {
    const { chance } = this.world;
    const owner = ownerNumber === 0 ? 'owner of I' : 'owner of J';
    const sent = this.mailsIn('sent', 'filed').filter(({ erasedAt }) => erasedAt === null);
    const answers = isAnswer && sent.length > 0 ? chance.of(sent).messageDocumentId : null;
    const number = this.written.length;
    const one = { key: `key${number}`, words: 'words', owner, subject: `Offer ${number}`, answers, tries: 0 };
    this.written.push(one);
    this.press(slot, one, one.words);
  }

  pressAgain(slot: number, pick: number, hasOtherWords: boolean): void {
    const one = this.written[pick % Math.max(1, this.written.length)];
    if (one) this.press(slot, one, hasOtherWords ? 'other words' : one.words);
  }

  cancel(slot: number, mail: WitnessedMail | undefined): void {
    if (!mail) return;
    this.ask(slot, ({ ports }) => {
      const since = this.world.now;
      const cancelling = cancelOutgoing(ports, mail.messageDocumentId, 'owner');
      return cancelling.then(() => this.witness.heardBy(mail.messageDocumentId, 'cancelled', since));
    });
  }

  release(slot: number, mail: WitnessedMail | undefined): void {
    if (!mail) return;
    this.ask(slot, ({ ports }) => {
      mail.releases += 1;
      return releaseOutgoing(ports, mail.messageDocumentId, `owner of ${mail.inboxDocumentId}`);
    });
  }

  settle(slot: number, mail: WitnessedMail | undefined, answer: Answer): void {
    if (!mail) return;
    this.ask(slot, ({ ports }) => {
      if (answer === 'send-again') mail.sendAgains.push(this.world.now);
      if (answer === 'went-out') mail.saidWentOut = true;
      return settleOutgoing(ports, mail.messageDocumentId, answer, `owner of ${mail.inboxDocumentId}`);
    });
  }

  unlog(slot: number, pick: number): void {
    const mail = pickOf(
      this.witness.mails.filter(({ erasedAt }) => erasedAt === null),
      pick
    );
    if (mail) this.ask(slot, ({ ports }) => unlogThread(ports, mail.threadDocumentId, 'owner'));
  }

  changeInbox(slot: number, owner: number, what: 'pause' | 'resume' | 'disconnect'): void {
    const change = { pause: pauseInbox, resume: resumeInbox, disconnect: disconnectInbox }[what];
    const documentId = owner === 0 ? 'I' : 'J';
    this.ask(slot, async ({ ports, supervisor }) => {
      supervisor.heed({ ...(await change(ports, documentId, 'owner')), asked: 0 });
    });
  }

  disconnect({ slot, owner, isCutShort, backAs }: Disconnection): void {
    const { chance, scheduler, cutShort, sites } = this.world;
    if (isCutShort && sites[slot]) cutShort.add(slot);
    // While there is news to read.
    for (const site of sites) site?.ports.wakeups.wake(owner === 0 ? 'I' : 'J', 'asked');
    scheduler.after(chance.below(400), () => this.changeInbox(slot, owner, 'disconnect'));
    if (backAs === null) return;
    const by = chance.below(2);
    scheduler.after(chance.of([0, 2_000, 10_000, 40_000]), () => this.edit(by, owner, backAs));
  }

  /** Edits the inbox, which connects it where it is disconnected. */
  edit(slot: number, owner: number, account: Account): void {
    const documentId = owner === 0 ? 'I' : 'J';
    const inbox = this.world.database.inboxes.get(documentId);
    if (!inbox) return;
    const login = account === 'other-login' ? `${documentId}.other` : documentId;
    const address =
      account === 'other-address' ? 'other@crm.test' : documentId === 'I' ? 'us@crm.test' : 'jo@crm.test';
    const { label, senderName, provider, imap } = inbox;
    const edit = {
      label,
      senderName,
      provider,
      imap,
      address,
      smtp: { ...imap, port: 465, username: login },
      imapPassword: passwordOf(documentId),
      smtpPassword: passwordOf(login),
    };
    this.ask(slot, async ({ ports, supervisor }) => {
      supervisor.heed({ ...(await editInbox(ports, documentId, edit, 'owner', never)), asked: 0 });
    });
  }

  mailsIn(...stages: OutgoingStage[]): WitnessedMail[] {
    return this.witness.mails.filter((mail) => {
      const row = this.world.outbox.rowOf(mail.messageDocumentId);
      return row && stages.includes(row.stage);
    });
  }

  private press(slot: number, one: Written, words: string): void {
    if (one.tries >= MOST_TRIES) return;
    one.tries += 1;
    const since = this.world.now;
    this.ask(
      slot,
      ({ ports }) =>
        sendMessage(ports, {
          senderDocumentId: one.owner,
          contact: { contactType: 'contact', documentId: 'ann' },
          answersDocumentId: one.answers,
          files: [],
          press: { key: one.key, hashContent: async () => words },
          to: ['ann@customer.test', 'bob@customer.test'],
          cc: [],
          bcc: [],
          subject: one.subject,
          text: words,
          html: '',
        }).then(({ messageDocumentId, deliveryStatus }) => {
          this.heardOfOtherWords(one, words);
          this.heardOfOtherInbox(one, messageDocumentId);
          this.witness.heardBy(messageDocumentId, deliveryStatus, since);
        }),
      (error) => this.heardNo(one, words, since, error)
    );
  }

  /** S51: the same key with other words is no repetition. */
  private heardOfOtherWords({ owner, key }: Written, words: string): void {
    const pressed = this.world.outbox.findPress({ senderDocumentId: owner, key });
    if (pressed?.contentHash !== words) this.witness.complain(`S51: ${key} is answered for other words`);
  }

  /** S4: it goes out of its writer's own inbox, or not at all. */
  private heardOfOtherInbox({ key, owner }: Written, messageDocumentId: string): void {
    const inboxDocumentId = this.witness.byDocument(messageDocumentId)?.inboxDocumentId;
    const isTheirs = inboxDocumentId === undefined || owner === `owner of ${inboxDocumentId}`;
    if (!isTheirs) this.witness.complain(`S4: ${key} of the ${owner} goes out by ${inboxDocumentId}`);
  }

  /** Whoever is told why writes anew; whoever is told nothing presses the same again. */
  private heardNo(one: Written, words: string, since: number, error: unknown): void {
    const code = error instanceof EmailConnectError ? error.code : 'UNEXPECTED';
    if (code === 'UNEXPECTED' || code === 'DATABASE_BUSY')
      return this.soon(6, (slot) => this.press(slot, one, words));
    const pressed = this.world.outbox.findPress({ senderDocumentId: one.owner, key: one.key });
    if (code === 'SEND_KEY_USED') {
      if (pressed?.contentHash === words) this.witness.complain(`S51: ${one.key} is refused its own words`);
      return;
    }
    if (NOT_SENT.has(code)) return;
    if (!pressed) return this.witness.complain(`S51: ${one.key} is told ${code}, and nothing is recorded`);
    this.witness.heardBy(pressed.messageDocumentId, 'refused', since);
    this.soon(3, (slot) => this.write(slot, one.owner === 'owner of I' ? 0 : 1, false));
  }

  /** What a person asks of a process; `heardNo` with null when it died, and nobody answers. */
  private ask(
    slot: number,
    work: (site: Site) => Promise<unknown>,
    heardNo: (error: unknown) => void = () => undefined
  ): void {
    const { sites } = this.world;
    const site = sites[slot] ?? sites[1 - slot];
    if (!site) return;
    this.waiting += 1;
    let isOver = false;
    const once = (end: () => void) => () => {
      if (isOver) return;
      isOver = true;
      this.waiting -= 1;
      end();
    };
    work(site).then(
      once(() => undefined),
      (error: unknown) => once(() => heardNo(error))()
    );
    void site.process.death.then(once(() => heardNo(null)));
  }

  /** After a while, or never: once in `times`. */
  private soon(times: number, run: (slot: number) => void): void {
    const { chance, scheduler } = this.world;
    if (this.hasHadEnough || chance.oneIn(times)) return;
    const slot = chance.below(2);
    scheduler.after(chance.of([500, 3_000, 30_000, 90_000]), () => {
      if (!this.hasHadEnough) run(slot);
    });
  }

  private get witness(): SendingWitness {
    return this.world.witness;
  }
}

export const pickOf = <Item>(items: readonly Item[], pick: number): Item | undefined =>
  items[pick % Math.max(1, items.length)];
