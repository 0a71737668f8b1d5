import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { Arguments } from './arguments';
import { offeredCapabilities } from './capabilities';
import type { FaultEffect, Faults } from './faults';
import type { Folder } from './folder';
import { encodeFolderName } from './folder-name';
import type { ImapConnection } from './imap-connection';
import { parseCommand, tagOf } from './imap-parser';
import type { ParsedCommand } from './imap-parser';
import { readCommand } from './imap-reader';
import type { RawCommand, ReaderRules } from './imap-reader';
import { ImapRefusal, bad, no } from './imap-refusal';
import { SelectedFolder } from './selected-folder';
import { parseSequenceSet } from './sequence-set';
import type { SequenceSet } from './sequence-set';
import type { MailStore, UserMailbox } from './store';
import { suffer } from './suffer-fault';

/** The facts about a command besides its arguments. */
export interface Invocation {
  tag: string;
  /** `UID FETCH` and the like: numbers are UIDs. */
  byUid: boolean;
}

/** One verb of IMAP. */
export interface ImapCommand {
  /** Upper case; with `UID ` in front for the UID form. */
  names: string[];
  needs: 'nothing' | 'no login' | 'login' | 'selected folder';
  /** Unknown where this capability is hidden. */
  capability?: string;
  /** FETCH, STORE and SEARCH: no EXPUNGE may be sent while they run (RFC 3501 section 7.4.1). */
  keepsNumbers?: boolean;
  /** The text of the OK, which may begin with a response code. Throws ImapRefusal for NO and BAD. */
  run(session: ImapSession, args: Arguments, invocation: Invocation): Promise<string> | string;
}

/** Shared by all sessions of a server. */
export interface ImapWorld {
  store: MailStore;
  faults: Faults;
  commands: ReadonlyMap<string, ImapCommand>;
  secureContext: SecureContext;
  offersStartTls: boolean;
  maxMessageBytes: number;
  unexpectedErrors: unknown[];
  extensions: readonly string[];
}

const MAX_LITERAL = 64 * 1024;

/** One client's conversation: reads a command, carries it out, answers, one at a time. */
export class ImapSession {
  user: UserMailbox | undefined;
  selected: SelectedFolder | undefined;
  /** Set by CONDSTORE-enabling commands (RFC 7162 section 3.1): flag notices carry MODSEQ from then on. */
  wantsModSeq = false;
  /** Set by ENABLE UTF8=ACCEPT (RFC 6855): folder names are sent as UTF-8. */
  takesUtf8 = false;
  isIdling = false;
  /** The injected fault of the running command. */
  fault: FaultEffect | undefined;
  /** Called once, after the answer of the running command. */
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

  /** The announced capabilities: the real ones, and after login the false ones too. */
  capabilities(): string[] {
    const pretended = this.user ? this.world.faults.falseCapabilities : [];
    return [...new Set([...this.ownCapabilities(), ...pretended])];
  }

  private ownCapabilities(): string[] {
    const { faults, offersStartTls, store, extensions } = this.world;
    return offeredCapabilities({
      extensions,
      isLoggedIn: this.user !== undefined,
      mayStartTls: offersStartTls && !this.connection.isEncrypted,
      hasTokens: store.hasTokens,
      isHidden: (capability) => faults.isHidden(capability),
    });
  }

  has(capability: string): boolean {
    return this.ownCapabilities().includes(capability);
  }

  /** A folder's path as it goes over the wire. */
  wireName(path: string): string {
    return this.takesUtf8 ? Buffer.from(path, 'utf8').toString('latin1') : encodeFolderName(path);
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

  /** Sends notices of changes in the selected folder. */
  async tellUpdates(mayExpunge: boolean): Promise<void> {
    await this.tell(this.selected?.takeUpdates({ mayExpunge, withModSeq: this.wantsModSeq }) ?? []);
  }

  /**
   * Outside of a command no EXPUNGE may be sent (RFC 3501 section 7.4.1). Flags wait too: a client could take them
   * for the answer to the FETCH that it is about to send.
   */
  private notify(): void {
    if (this.isIdling) void this.tellUpdates(true);
    else if (!this.isRunning) void this.tell(this.selected?.takeNew() ?? []);
  }

  private async tell(lines: readonly string[]): Promise<void> {
    if (lines.length > 0 && !this.world.faults.staysSilent)
      await this.connection.write([`${lines.join('\r\n')}\r\n`]);
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
    const effect = faults.take(name, setOf(name, values));
    this.fault = effect;
    if (effect && !(await suffer(this.connection, tag, effect))) return;
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

  private async refuse(tag: string, error: unknown): Promise<void> {
    const refusal = error instanceof ImapRefusal ? error : bad('Internal error');
    if (refusal !== error) this.world.unexpectedErrors.push(error);
    await this.connection.write([`${tag} ${refusal.status} ${refusal.message}\r\n`]);
    if (!refusal.isFatal) return;
    await this.untagged('BYE Cannot go on');
    this.connection.end();
  }
}

/** The UIDs that `UID FETCH 1:3` and the like name; `UID SEARCH` does not begin with UIDs. */
const setOf = (name: string, [first]: ParsedCommand['values']): SequenceSet =>
  name.startsWith('UID ') && name !== 'UID SEARCH' && first?.kind === 'atom'
    ? parseSequenceSet(first.text)
    : [];

/** A command for the transcript: no password, and literals only by their size. */
const redacted = (text: string): string =>
  text
    .replace(/^(\S+ LOGIN ).*$/is, '$1***')
    .replace(/^(\S+ AUTHENTICATE \S+ ).+$/is, '$1***')
    .replace(/\{(\d+)\+?\}\r\n/g, '{$1} <$1 bytes>');
