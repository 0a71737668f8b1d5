import type { Folder, SpecialUse, StoredMessage } from './folder';
import type { UserMailbox } from './store';

/** A message as a test or the demo sees it. */
export interface MailboxMessage {
  uid: number;
  flags: string[];
  raw: Buffer;
  receivedAt: Date;
}

/**
 * One user's mailbox from the server's side: changes made here reach connected clients like those of another client.
 */
export interface MailboxHandle {
  /** Stores the bytes as they are and gives the UID. `receivedAt` is the INTERNALDATE, now by default. */
  append(folder: string, raw: Buffer | string, flags?: string[], receivedAt?: Date): number;
  /** UIDs for `appendLate`: messages appended after this call get higher ones. */
  reserveUids(folder: string, count: number): number[];
  /** A message that appears under a reserved UID, below the UIDs that exist already. */
  appendLate(folder: string, uid: number, raw: Buffer | string): void;
  /** Gmail's labels of one message, `\\Inbox` or a folder's path. */
  setLabels(folder: string, uid: number, labels: string[]): void;
  /** LIST attributes besides the folder's own, such as `\\NonExistent`: a phantom folder cannot be opened. */
  setAttributes(folder: string, attributes: string[]): void;
  /** In UID order. */
  messages(folder: string): MailboxMessage[];
  /** Paths in the order of their creation. */
  folders(): string[];
  /** Throws when the folder exists. `specialUse` is an attribute of RFC 6154, e.g. `\Sent`. */
  createFolder(path: string, specialUse?: SpecialUse): void;
  /** Deletes the folder, and cuts off sessions that have it selected. */
  deleteFolder(path: string): void;
  renameFolder(path: string, newPath: string): void;
  setFlags(folder: string, uid: number, flags: string[]): void;
  /** Removes messages for good. */
  expunge(folder: string, uids: number[]): void;
  /**
   * With `firstUid` every message also gets a new UID. Cuts off sessions that have the folder selected, unless
   * `isTold` is false.
   */
  setUidValidity(folder: string, uidValidity: number, firstUid?: number, isTold?: boolean): void;
  /** Takes effect at the next login. */
  setPassword(password: string): void;
}

export const mailboxHandle = (user: UserMailbox): MailboxHandle => {
  const find = (path: string): Folder => {
    const folder = user.folder(path);
    if (!folder) throw new Error(`${user.address} has no folder ${path}.`);
    return folder;
  };
  const pick = (folder: Folder, uid: number): StoredMessage => {
    const message = folder.messages.find((one) => one.uid === uid);
    if (!message) throw new Error(`${folder.path} of ${user.address} has no message with UID ${uid}.`);
    return message;
  };
  const check = (worked: boolean, what: string): void => {
    if (!worked) throw new Error(`${user.address}: ${what} is not possible.`);
  };
  return {
    append: (folder, raw, flags = [], receivedAt = new Date()) =>
      find(folder).append(Buffer.from(raw), flags, receivedAt).uid,
    reserveUids: (folder, count) => find(folder).reserve(count),
    appendLate: (folder, uid, raw) => {
      find(folder).insert(uid, Buffer.from(raw), [], new Date());
    },
    setLabels: (path, uid, labels) => {
      const message = pick(find(path), uid);
      message.labels.clear();
      for (const label of labels) message.labels.add(label);
    },
    setAttributes: (path, attributes) => {
      find(path).attributes = attributes;
    },
    messages: (folder) =>
      find(folder).messages.map(({ uid, flags, raw, receivedAt }) => ({
        uid,
        flags: [...flags],
        raw,
        receivedAt,
      })),
    folders: () => [...user.folders.keys()],
    createFolder: (path, specialUse) =>
      check(user.create(path, specialUse) !== undefined, `a new folder ${path}`),
    deleteFolder: (path) => check(user.remove(path), `deleting ${path}`),
    renameFolder: (path, newPath) => check(user.rename(path, newPath), `renaming ${path} to ${newPath}`),
    setFlags: (path, uid, flags) => {
      const folder = find(path);
      folder.setFlags(pick(folder, uid), flags);
    },
    expunge: (path, uids) => {
      const folder = find(path);
      folder.expunge(uids.map((uid) => pick(folder, uid)));
    },
    setUidValidity: (path, uidValidity, firstUid, isTold) =>
      find(path).setUidValidity(uidValidity, firstUid, isTold),
    setPassword: (password) => {
      user.password = password;
    },
  };
};
