import { Folder } from './folder';
import type { SpecialUse } from './folder';
import { GMAIL_FOLDERS, showInAllMail } from './gmail-layout';

/** Somebody with a mailbox here. With an access token they can also log in by XOAUTH2 and OAUTHBEARER. */
export interface MailUser {
  address: string;
  password: string;
  accessToken?: string;
}

const DELIMITER = '/';

/** `gmail`: labels are folders, and everything lies in All Mail. */
export type Layout = 'plain' | 'gmail';

const DEFAULT_FOLDERS: readonly (readonly [string, SpecialUse?])[] = [
  ['INBOX'],
  ['Sent', '\\Sent'],
  ['Drafts', '\\Drafts'],
  ['Junk', '\\Junk'],
  ['Trash', '\\Trash'],
  ['Archive', '\\Archive'],
];

/** INBOX is the one folder name that ignores case (RFC 3501 section 5.1). */
const canonical = (path: string): string => (/^inbox(?=\/|$)/i.test(path) ? `INBOX${path.slice(5)}` : path);

/** One user's folders, by path, in the order of their creation. */
export class UserMailbox {
  readonly folders = new Map<string, Folder>();
  private lastUidValidity: number;

  constructor(
    readonly address: string,
    public password: string,
    readonly accessToken: string | undefined,
    firstUidValidity: number,
    private readonly layout: Layout
  ) {
    this.lastUidValidity = firstUidValidity;
    const first = layout === 'gmail' ? GMAIL_FOLDERS : DEFAULT_FOLDERS;
    for (const [path, specialUse] of first) this.create(path, specialUse);
  }

  folder(path: string): Folder | undefined {
    return this.folders.get(canonical(path));
  }

  /** The new folder, or undefined when the name is taken. Missing parents are made on the way. */
  create(path: string, specialUse?: SpecialUse): Folder | undefined {
    const name = canonical(path);
    if (this.folders.has(name)) return undefined;
    const parent = name.slice(0, Math.max(0, name.lastIndexOf(DELIMITER)));
    if (parent !== '' && !this.folders.has(parent)) this.create(parent);
    this.lastUidValidity += 1;
    const folder = new Folder(name, this.lastUidValidity, specialUse);
    this.folders.set(name, folder);
    if (this.layout === 'gmail') showInAllMail(folder, () => this.folder('[Gmail]/All Mail'));
    return folder;
  }

  /** true when the folder existed. INBOX stays (RFC 3501 section 6.3.4). */
  remove(path: string): boolean {
    const folder = this.folder(path);
    if (!folder || folder.path === 'INBOX') return false;
    this.folders.delete(folder.path);
    folder.invalidate('Folder was deleted');
    return true;
  }

  /** Renames a folder with all below it; false when the old is missing or the new is taken. */
  rename(from: string, to: string): boolean {
    const folder = this.folder(from);
    const target = canonical(to);
    if (!folder || folder.path === 'INBOX' || this.folders.has(target)) return false;
    const old = folder.path;
    if (target.startsWith(old + DELIMITER)) return false;
    const family = [...this.folders.values()].filter((one) => `${one.path}/`.startsWith(`${old}/`));
    for (const member of family) this.folders.delete(member.path);
    for (const member of family) {
      member.path = target + member.path.slice(old.length);
      this.folders.set(member.path, member);
    }
    return true;
  }

  hasChildren(path: string): boolean {
    return [...this.folders.keys()].some((other) => other.startsWith(path + DELIMITER));
  }
}

/** All users of the server. */
export class MailStore {
  private readonly users = new Map<string, UserMailbox>();

  constructor(users: readonly MailUser[], firstUidValidity: number, layout: Layout) {
    for (const { address, password, accessToken } of users) {
      const mailbox = new UserMailbox(address, password, accessToken, firstUidValidity, layout);
      this.users.set(address.toLowerCase(), mailbox);
    }
  }

  /** Whether anybody can log in with an OAuth access token. */
  get hasTokens(): boolean {
    return [...this.users.values()].some(({ accessToken }) => accessToken !== undefined);
  }

  user(address: string): UserMailbox | undefined {
    return this.users.get(address.toLowerCase());
  }

  /** The user who gets mail for an address, also for a plus address (RFC 5233 subaddressing). */
  recipient(address: string): UserMailbox | undefined {
    return this.user(address) ?? this.user(address.replace(/\+[^@]*@/, '@'));
  }

  hasDomain(domain: string): boolean {
    const suffix = `@${domain.toLowerCase()}`;
    return [...this.users.keys()].some((address) => address.endsWith(suffix));
  }

  /** The user, if name and password are right. */
  login(name: string, password: string): UserMailbox | undefined {
    const user = this.user(name);
    return user && user.password === password ? user : undefined;
  }

  loginByToken(name: string, accessToken: string): UserMailbox | undefined {
    const user = this.user(name);
    return user?.accessToken !== undefined && user.accessToken === accessToken ? user : undefined;
  }
}
