import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { Arguments } from './arguments';
import { offeredCapabilities } from './capabilities';
import type { FaultEffect, Faults } from './faults';
import type { Folder } from './folder';
import type { ImapCommand } from './imap-command';
import type { ImapConnection } from './imap-connection';
import { parseCommand, tagOf } from './imap-parser';
import type { ParsedCommand } from './imap-parser';
import { readCommand } from './imap-reader';
import type { RawCommand, ReaderRules } from './imap-reader';
import { ImapRefusal, bad, no } from './imap-refusal';
import { SelectedFolder } from './selected-folder';
import type { MailStore, UserMailbox } from './store';

/** What all sessions of a server share. */
export interface ImapWorld {
  store: MailStore;
  faults: Faults;
  commands: ReadonlyMap<string, ImapCommand>;
  secureContext: SecureContext;
  offersStartTls: boolean;
  maxMessageBytes: number;
  unexpectedErrors: unknown[];
}

const MAX_LITERAL = 64 * 1024;

/** One client's conversation: reads a command, carries it out, answers, one at a time. */
export class ImapSession {
  user: UserMailbox | undefined;
  selected: SelectedFolder | undefined;
  /** Set by CONDSTORE-enabling commands (RFC 7162 section 3.1): flag notices carry MODSEQ from then on. */
  wantsModSeq = false;
  isIdling = false;
  /** Done once, behind the answer of the running command. */
  afterAnswer: (() => void) | undefined;
  private isRunning = false;

  constructor(
    readonly connection: ImapConnection,
    readonly world: ImapWorld
  ) {}

  async run(): Promise<void> {
    await this.untagged(`OK [CAPABILITY ${this.capabilities().join(' ')}] Mail server for development ready`);
    while (this.connection.isOpen) {
      const raw = await this.read();
      if (raw === null) break;
      if (raw !== 'refused') await this.answer(raw);
    }
    this.deselect();
    this.connection.end();
  }

  capabilities(): string[] {
    const { faults, offersStartTls, store } = this.world;
    return offeredCapabilities({
      isLoggedIn: this.user !== undefined,
      mayStartTls: offersStartTls && !this.connection.isEncrypted,
      hasTokens: store.hasTokens,
      isHidden: (capability) => faults.isHidden(capability),
    });
  }

  has(capability: string): boolean {
    return this.capabilities().includes(capability);
  }

  untagged(text: string): Promise<void> {
    return this.connection.write([`* ${text}\r\n`]);
  }

  /** The next line of the client, outside of any command: SASL and IDLE. Throws when the client is gone. */
  async nextLine(prompt: string, isSecret: boolean): Promise<string> {
    await this.connection.write([`+ ${prompt}\r\n`]);
    const line = await this.connection.input.line(MAX_LITERAL);
    if (line === null || line === 'too long') throw new ImapRefusal('BAD', 'Line missing or too long', true);
    this.connection.recordCommand(isSecret ? '***' : line);
    return line;
  }

  mailbox(): UserMailbox {
    if (!this.user) throw bad('Not logged in');
    return this.user;
  }

  folder(path: string, code = ''): Folder {
    const folder = this.mailbox().folder(path);
    if (!folder) throw no(`${code}No such folder`);
    return folder;
  }

  opened(): SelectedFolder {
    if (!this.selected) throw bad('No folder is selected');
    return this.selected;
  }

  writable(): SelectedFolder {
    const selected = this.opened();
    if (selected.isReadOnly) throw no('Folder is open read-only');
    return selected;
  }

  select(folder: Folder, isReadOnly: boolean): SelectedFolder {
    this.deselect();
    const bye = (reason: string): void => {
      void this.untagged(`BYE ${reason}`).then(() => this.connection.end());
    };
    this.selected = new SelectedFolder(folder, isReadOnly, {
      changed: () => this.notify(),
      invalidated: bye,
    });
    return this.selected;
  }

  deselect(): void {
    this.selected?.release();
    this.selected = undefined;
  }

  /** Tells what happened in the selected folder. */
  async tellUpdates(mayExpunge: boolean): Promise<void> {
    await this.tell(this.selected?.takeUpdates({ mayExpunge, withModSeq: this.wantsModSeq }) ?? []);
  }

  /**
   * Outside of a command no EXPUNGE may be told (RFC 3501 section 7.4.1). Flags wait too: a client could
   * take them for the answer to the FETCH that it is about to send.
   */
  private notify(): void {
    if (this.isIdling) void this.tellUpdates(true);
    else if (!this.isRunning) void this.tell(this.selected?.takeNew() ?? []);
  }

  private async tell(lines: readonly string[]): Promise<void> {
    if (lines.length > 0) await this.connection.write([`${lines.join('\r\n')}\r\n`]);
  }

  private async read(): Promise<RawCommand | 'refused' | null> {
    let text = '';
    const rules: ReaderRules = {
      maxLiteral: (soFar) => {
        text = soFar;
        return this.user && /^\S+ APPEND /i.test(soFar) ? this.world.maxMessageBytes : MAX_LITERAL;
      },
      allowsNonSync: () => !this.world.faults.isHidden('LITERAL+'),
      invite: () => void this.connection.write(['+ Ready for literal\r\n']),
    };
    try {
      return await readCommand(this.connection.input, rules);
    } catch (error) {
      this.connection.recordCommand(redacted(text));
      await this.refuse(tagOf(text), error);
      return 'refused';
    }
  }

  private async answer(raw: RawCommand): Promise<void> {
    this.connection.recordCommand(redacted(raw.text));
    this.isRunning = true;
    try {
      const command = parseCommand(raw);
      await this.perform(command);
    } catch (error) {
      await this.tellUpdates(false);
      await this.refuse(tagOf(raw.text), error);
    } finally {
      this.isRunning = false;
      this.isIdling = false;
    }
    this.afterAnswer?.();
    this.afterAnswer = undefined;
  }

  private async perform({ tag, name, values }: ParsedCommand): Promise<void> {
    const { faults, commands } = this.world;
    if (faults.delayMs > 0) await sleep(faults.delayMs, undefined, { ref: false });
    const effect = faults.take(name);
    if (effect && !(await this.suffer(tag, effect))) return;
    const command = commands.get(name);
    if (!command || (command.capability && faults.isHidden(command.capability))) throw bad('Unknown command');
    this.check(command);
    const text = await command.run(this, new Arguments(values), { tag, byUid: name.startsWith('UID ') });
    await this.tellUpdates(!command.keepsNumbers || name.startsWith('UID '));
    if (effect?.do === 'drop-after') return this.connection.destroy();
    await this.connection.write([`${tag} OK ${text}\r\n`]);
  }

  private check({ needs }: ImapCommand): void {
    if (needs === 'no login' && this.user) throw bad('Already logged in');
    if ((needs === 'login' || needs === 'selected folder') && !this.user) throw bad('Log in first');
    if (needs === 'selected folder') this.opened();
  }

  /** Lets an injected fault happen; false when the command is not to be carried out. */
  private async suffer(tag: string, effect: FaultEffect): Promise<boolean> {
    switch (effect.do) {
      case 'drop':
        this.connection.destroy();
        return false;
      case 'answer':
        await this.connection.write([`${tag} ${effect.text}\r\n`]);
        return false;
      case 'delay':
        await sleep(effect.ms, undefined, { ref: false });
        return true;
      case 'drop-mid-answer':
        this.connection.cutAfter(effect.afterBytes);
        return true;
      case 'drop-after':
        return true;
      default:
        return effect satisfies never;
    }
  }

  private async refuse(tag: string, error: unknown): Promise<void> {
    const refusal = error instanceof ImapRefusal ? error : bad('Internal error');
    if (refusal !== error) this.world.unexpectedErrors.push(error);
    await this.connection.write([`${tag} ${refusal.status} ${refusal.message}\r\n`]);
    if (!refusal.isFatal) return;
    await this.untagged('BYE Cannot go on');
    this.connection.end();
  }
}

/** A command for the transcript: no password, and literals only by their size. */
const redacted = (text: string): string =>
  text
    .replace(/^(\S+ LOGIN ).*$/is, '$1***')
    .replace(/^(\S+ AUTHENTICATE \S+ ).+$/is, '$1***')
    .replace(/\{(\d+)\+?\}\r\n/g, '{$1} <$1 bytes>');
