import type { Arguments } from './arguments';
import type { ImapSession } from './imap-session';

/** What a command is told besides its arguments. */
export interface Invocation {
  tag: string;
  /** `UID FETCH` and its like: numbers are UIDs. */
  byUid: boolean;
}

/** One verb of IMAP. */
export interface ImapCommand {
  /** Upper case; with `UID ` in front for the UID form. */
  names: string[];
  needs: 'nothing' | 'no login' | 'login' | 'selected folder';
  /** Unknown where this capability is hidden. */
  capability?: string;
  /** FETCH, STORE and SEARCH: no EXPUNGE may be told while they run (RFC 3501 section 7.4.1). */
  keepsNumbers?: boolean;
  /** The text of the OK, which may begin with a response code. Throws ImapRefusal for NO and BAD. */
  run(session: ImapSession, args: Arguments, invocation: Invocation): Promise<string> | string;
}
