import type { SpecialUse } from '../../../domain/sync/folder';
import type { ModelMail } from './mail';
import { DAY_MS, startOfDay } from './time';

/** One message where it lies. Times in ms. */
export interface StoredMail {
  imapUid: number;
  mail: ModelMail;
  receivedAt: number;
  /** When it came to lie here. */
  placedAt: number;
  /** false: its UID is given, but no listing shows it yet. */
  isVisible: boolean;
  /** Its UID was another message's before the server was put back from a backup. */
  isReused: boolean;
  /** It did not show at first, or not for a moment. */
  wasHidden: boolean;
  /** Lay there before the inbox was connected. */
  isOld: boolean;
  /** So many scans will say nothing of it, as if it were gone. */
  drops: number;
  /** So many scans will not bring its headers. */
  unreadable: number;
  /** So many fetches of its body will be refused. */
  refused: number;
  /** So many scans, and fetches of its body, will end the connection. */
  scanCuts: number;
  bodyCuts: number;
  /** It is deleted when its body is asked for. */
  leaves: boolean;
}

export interface ModelFolder {
  path: string;
  specialUse: SpecialUse | null;
  objectId: string | null;
  uidValidity: string;
  uidNext: number;
  highestUidNext: number;
  /** So many times it will not open. */
  closed: number;
  /** So many times it will be numbered anew when it is opened. */
  flaps: number;
  messages: StoredMail[];
}

const places: [string, SpecialUse | null][] = [
  ['INBOX', 'inbox'],
  ['Sent', 'sent'],
  ['Archive', null],
  ['Log', null],
  ['Unlog', null],
  ['Trash', 'trash'],
];

/** One mailbox on a server: whatever happens to it, happens to real ones. */
export class ModelMailbox {
  readonly folders: ModelFolder[] = [];
  private validity = 700;
  private objects = 0;

  /** `hasObjectIds`: OBJECTID (RFC 8474); `isNumbered` false: a folder without UIDVALIDITY. */
  constructor(
    private readonly hasObjectIds: boolean,
    isNumbered: boolean
  ) {
    for (const [path, specialUse] of places) {
      const folder = this.create(path, specialUse);
      if (path === 'Archive' && !isNumbered) folder.uidValidity = '';
    }
  }

  create(path: string, specialUse: SpecialUse | null = null): ModelFolder {
    const folder: ModelFolder = {
      path,
      specialUse,
      uidNext: 1,
      highestUidNext: 1,
      closed: 0,
      flaps: 0,
      messages: [],
      objectId: this.hasObjectIds ? `object${(this.objects += 1)}` : null,
      uidValidity: this.nextValidity(),
    };
    this.folders.push(folder);
    return folder;
  }

  find(path: string): ModelFolder | undefined {
    return this.folders.find((folder) => folder.path === path);
  }

  add(
    folder: ModelFolder,
    stored: Pick<StoredMail, 'mail' | 'receivedAt' | 'placedAt'> & Partial<StoredMail>
  ): void {
    const imapUid = folder.uidNext;
    folder.messages.push({
      isVisible: true,
      isOld: false,
      drops: 0,
      unreadable: 0,
      refused: 0,
      scanCuts: 0,
      bodyCuts: 0,
      leaves: false,
      ...stored,
      imapUid,
      isReused: imapUid < folder.highestUidNext,
      wasHidden: stored.isVisible === false || (stored.drops ?? 0) > 0,
    });
    folder.uidNext += 1;
    folder.highestUidNext = Math.max(folder.highestUidNext, folder.uidNext);
  }

  /** The server numbers the folder anew (RFC 3501 2.3.1.1). */
  renumber(folder: ModelFolder): void {
    if (folder.uidValidity !== '') folder.uidValidity = this.nextValidity();
    folder.messages = folder.messages.map((stored, i) => ({ ...stored, imapUid: i + 1 }));
    folder.uidNext = folder.messages.length + 1;
    folder.highestUidNext = folder.uidNext;
  }

  /** The server is put back from a backup: the newest `lost` messages never were. */
  restore(folder: ModelFolder, lost: number): void {
    folder.messages = folder.messages.slice(0, Math.max(0, folder.messages.length - lost));
    folder.uidNext = Math.max(1, folder.uidNext - lost, (folder.messages.at(-1)?.imapUid ?? 0) + 1);
  }

  /** Up and down: some servers take the time, some a random number. */
  private nextValidity(): string {
    this.validity += this.validity % 2 === 0 ? 7 : -4;
    return String(this.validity);
  }
}

export const visibleIn = (folder: ModelFolder): StoredMail[] =>
  folder.messages.filter(({ isVisible }) => isVisible);

/** SEARCH SINCE counts whole days (RFC 3501 6.4.4), and in another time zone they may begin a day before. */
export const arrivedSince = (folder: ModelFolder, since: Date): StoredMail[] =>
  visibleIn(folder).filter(({ receivedAt }) => receivedAt >= startOfDay(since.getTime()) - DAY_MS);
