import type { ExistsEvent, ImapFlow, MailboxObject } from 'imapflow';
import type { FolderState } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { examineFolder } from './examine-folder';
import type { Liveness } from './liveness';
import type { ImapLimits } from './options';
import type { Turns } from './turns';

/** After an IDLE that ended by itself. */
const REST_MS = 1_000;

/**
 * Tells when a folder changed, whatever else its connection is used for. In turn with the other calls of the session:
 * (re-)open the folder where another was opened, compare its numbers, IDLE until someone wants the connection.
 *
 * IDLE is a hint and leaves gaps (c17, c18): between two IDLEs, while another folder is open, on servers that lose
 * notices. So the folder's numbers are compared whenever it is opened again, and every renewal counts as a change.
 */
export class FolderWatch {
  private stopped = false;
  private mailbox: MailboxObject | null = null;
  /** The numbers that the listener knows of: reported, or read by its own pass. */
  private known = '';
  private idleWorks: boolean;
  private endPause: () => void = () => undefined;
  private readonly onExists = ({ path }: ExistsEvent): void => {
    if (path === this.mailbox?.path) this.onChange();
  };

  constructor(
    private readonly client: ImapFlow,
    private readonly turns: Turns,
    private readonly liveness: Liveness,
    private readonly access: ServerAccess,
    private readonly limits: ImapLimits,
    private readonly folderPath: string,
    private readonly onChange: () => void
  ) {
    this.idleWorks = client.capabilities.has('IDLE');
  }

  /** Resolves once the folder is open and watched; rejects with FOLDER_UNREADABLE or CONNECTION_* when it cannot be. */
  async start(): Promise<void> {
    await this.turns.during(() => this.examine());
    this.client.on('exists', this.onExists);
    this.client.once('close', () => this.stop());
    void this.keepWatching();
  }

  stop(): void {
    this.stopped = true;
    this.client.off('exists', this.onExists);
    this.endPause();
  }

  /** A pass of the session opened this folder itself: what it saw is no news. */
  noteState(folderPath: string, state: FolderState): void {
    if (folderPath === this.folderPath) this.known = numbersOf(state);
  }

  private async keepWatching(): Promise<void> {
    while (!this.stopped) {
      try {
        if (this.idleWorks) await this.idleOnce();
        else await this.pollOnce();
      } catch {
        // The folder may be gone, or the connection: the pass that is asked for meets the error and reports it.
        this.onChange();
        await this.pause(this.limits.pollMs);
      }
    }
  }

  private async idleOnce(): Promise<void> {
    const idling = await this.turns.during(() => this.beginIdle());
    if (!idling) return;
    let renewed = false;
    const renewal = setTimeout(() => {
      renewed = true;
      this.renew();
    }, this.limits.idleRestartMs);
    try {
      // Refused although it is offered: look by ourselves from now on.
      if (!(await idling.ended) && this.client.usable) this.idleWorks = false;
    } finally {
      clearTimeout(renewal);
    }
    // Ended neither by a caller nor by us: a server that ends it at once must not be asked at full speed.
    if (!renewed && !this.turns.isTaken) await this.pause(REST_MS);
  }

  /** null when somebody else wants the connection. */
  private async beginIdle(): Promise<{ ended: Promise<boolean> } | null> {
    if (this.stopped) return null;
    if (!this.isSelected()) await this.look();
    if (this.turns.isWanted) return null;
    // Queued before the turn ends, so that it cannot land among the next caller's commands; they break it.
    return { ended: this.idle() };
  }

  private async idle(): Promise<boolean> {
    return (await this.client.idle()) !== false;
  }

  /** Any command ends IDLE; the watch starts it again. */
  private renew(): void {
    // Whoever has the connection ends the IDLE, and perhaps asks for something that takes long.
    if (this.turns.isTaken) return;
    this.liveness.ask().then(
      () => this.onChange(),
      // The connection is gone: its 'close' event says so.
      () => undefined
    );
  }

  private async pollOnce(): Promise<void> {
    await this.pause(this.limits.pollMs);
    if (!this.stopped) await this.turns.during(() => this.look());
  }

  /** EXAMINE and not NOOP: some servers tell nothing new in answer to NOOP (Naver). */
  private async look(): Promise<void> {
    const before = this.known;
    // Not the first time: the server has it at hand.
    await this.liveness.promptly(() => this.examine());
    if (this.known !== before) this.onChange();
  }

  private async examine(): Promise<void> {
    const { mailbox, state } = await examineFolder(this.client, this.folderPath, this.access);
    this.mailbox = mailbox;
    this.known = numbersOf(state);
  }

  /** imapflow makes a new object whenever it opens a folder, this one included. */
  private isSelected(): boolean {
    const { mailbox } = this.client;
    return mailbox !== false && mailbox.path === this.mailbox?.path && mailbox.readOnly === true;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const numbersOf = ({ uidValidity, uidNext, exists }: FolderState): string =>
  `${uidValidity} ${uidNext} ${exists}`;
