import type { ExistsEvent, ImapFlow, MailboxObject } from 'imapflow';
import type { FolderState } from '../../domain/sync/folder';
import type { ServerAccess } from '../../ports';
import { examineFolder } from './examine-folder';
import type { Liveness } from './liveness';
import type { ImapLimits } from './options';
import type { Turns } from './turns';

/** The wait after an IDLE that the server ended. */
const REST_MS = 1_000;

/**
 * Tells when a folder changed, whatever else its connection is used for. It takes turns with the other calls of the
 * session: (re-)open the folder if another was opened, compare its numbers, IDLE until a caller wants the connection.
 *
 * IDLE is a hint and leaves gaps (c17, c18): between two IDLEs, while another folder is open, on servers that lose
 * notices. So the folder's numbers are compared whenever it is opened again, and every renewal counts as a change.
 */
export class FolderWatch {
  private stopped = false;
  private mailbox: MailboxObject | null = null;
  /** The numbers that the listener knows: reported to it, or read by its own pass. */
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

  /** A pass of the session opened this folder itself: the numbers it saw are known already. */
  noteState(folderPath: string, state: FolderState): void {
    if (folderPath === this.folderPath) this.known = numbersOf(state);
  }

  private async keepWatching(): Promise<void> {
    while (!this.stopped) {
      try {
        if (this.idleWorks) await this.idleOnce();
        else await this.pollOnce();
      } catch {
        // The folder or the connection may be gone: the next pass meets the error and reports it.
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
      // IDLE is offered but was refused: poll from now on.
      if (!(await idling.ended) && this.client.usable) this.idleWorks = false;
    } finally {
      clearTimeout(renewal);
    }
    // Neither a caller nor this watch ended the IDLE: a server that ends it at once must not be asked without a
    // pause.
    if (!renewed && !this.turns.isTaken) await this.pause(REST_MS);
  }

  /** null when another caller wants the connection. */
  private async beginIdle(): Promise<{ ended: Promise<boolean> } | null> {
    if (this.stopped) return null;
    if (!this.isSelected()) await this.look();
    if (this.turns.isWanted) return null;
    // Queued before the turn ends, so that the IDLE cannot land between the next caller's commands, which end it.
    return { ended: this.idle() };
  }

  private async idle(): Promise<boolean> {
    return (await this.client.idle()) !== false;
  }

  /** Any command ends IDLE; the watch starts it again. */
  private renew(): void {
    // The caller that has the connection ends the IDLE, and may run a long command.
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

  /** EXAMINE and not NOOP: some servers report no changes in answer to NOOP (Naver). */
  private async look(): Promise<void> {
    const before = this.known;
    // Not for the first EXAMINE: later the server has the answer at hand.
    await this.liveness.promptly(() => this.examine());
    if (this.known !== before) this.onChange();
  }

  private async examine(): Promise<void> {
    const { mailbox, state } = await examineFolder(this.client, this.folderPath, this.access);
    this.mailbox = mailbox;
    this.known = numbersOf(state);
  }

  /** imapflow makes a new mailbox object whenever it opens a folder, even the same one. */
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
