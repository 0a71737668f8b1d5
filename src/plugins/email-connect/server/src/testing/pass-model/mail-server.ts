import type { SpecialUse } from '../../domain/sync/folder';
import type { Mail } from './mail';

/** A copy of a mail in a folder. */
export interface Placed {
  uid: number;
  mail: Mail;
  /** INTERNALDATE, ISO. */
  receivedAt: string;
  /** It has its UID, but no command shows it yet. */
  hidden: boolean;
  /** Scans that will say nothing of it, as if it were gone. */
  drops: number;
  /** Scans that will not hand out its header. */
  unreadable: number;
  /** Fetches that will be refused. */
  refusals: number;
  /** Scans, and fetches, at which the server will drop the connection. */
  scanCuts: number;
  bodyCuts: number;
  /** It is deleted when its body is asked for. */
  leaves: boolean;
}

export interface ModelFolder {
  folderPath: string;
  specialUse: SpecialUse | null;
  objectId: string | null;
  uidValidity: number;
  /** Grows when the server is put back: whoever has the folder open loses the connection. */
  restores: number;
  uidNext: number;
  placed: Placed[];
  /** Times that it will not open. */
  closed: number;
  /** Times that it will be renumbered when it is opened. */
  flaps: number;
}

export type Trait = Partial<
  Pick<Placed, 'hidden' | 'drops' | 'unreadable' | 'refusals' | 'scanCuts' | 'bodyCuts' | 'leaves'> & {
    /** The database does not take it. */
    unstorable: boolean;
  }
>;

/** What a mailbox holds, and what may happen to it. Folders and messages are chosen by number, wrapping round. */
export class MailServer {
  folders: ModelFolder[] = [];
  private created = 0;
  private validity = 1;

  constructor(private readonly hasObjectIds: boolean) {
    this.add('INBOX', 'inbox');
    this.add('Sent', 'sent');
    this.add('Archive', 'archive');
    this.add('Trash', 'trash');
    this.add('Rules', null);
  }

  at(folderPath: string): ModelFolder | undefined {
    return this.folders.find((folder) => folder.folderPath === folderPath);
  }

  folder(number: number): ModelFolder {
    return this.folders[number % this.folders.length] as ModelFolder;
  }

  /** Only the user's own mail gets into Sent: the engine takes all that lies there for it. */
  place(chosen: ModelFolder, mail: Mail, receivedAt: string, trait: Trait = {}): void {
    const folder = chosen.specialUse === 'sent' && mail.kind !== 'own' ? this.folder(0) : chosen;
    const { unstorable: _, ...placedTrait } = trait;
    const uid = folder.uidNext;
    folder.uidNext += 1;
    folder.placed.push({
      uid,
      mail,
      receivedAt,
      hidden: false,
      drops: 0,
      unreadable: 0,
      refusals: 0,
      scanCuts: 0,
      bodyCuts: 0,
      leaves: false,
      ...placedTrait,
    });
    if (trait.unstorable) mail.isUnstorable = true;
    if (trait.hidden) mail.hasMoved = true;
  }

  /** false when there is nothing that could be moved. */
  move(number: number, to: number, keeps: boolean): boolean {
    const found = this.pick(number);
    if (!found) return false;
    const { folder, placed } = found;
    if (!keeps) folder.placed = folder.placed.filter((one) => one !== placed);
    placed.mail.hasMoved = true;
    this.place(this.folder(to), placed.mail, placed.receivedAt, {
      refusals: placed.refusals,
      unreadable: placed.unreadable,
      scanCuts: placed.scanCuts,
      bodyCuts: placed.bodyCuts,
    });
    return true;
  }

  expunge(number: number): boolean {
    const found = this.pick(number);
    if (!found) return false;
    found.folder.placed = found.folder.placed.filter((one) => one !== found.placed);
    return true;
  }

  renumber(folder: ModelFolder): void {
    this.validity += 1;
    folder.uidValidity = this.validity;
    folder.placed = folder.placed.map((placed, i) => ({ ...placed, uid: i + 1 }));
    folder.uidNext = folder.placed.length + 1;
  }

  /** A backup is put back that lacks the newest messages: their UIDs are given out again. */
  restore(folder: ModelFolder, lost: number): boolean {
    const gone = folder.placed.splice(-lost);
    folder.uidNext = gone[0]?.uid ?? folder.uidNext;
    folder.restores += 1;
    return gone.length > 0;
  }

  /** The newest folder of the user's gets another name; under it, it has a new object where the server knows none. */
  rename(): void {
    const folder = this.folders.at(-1) as ModelFolder;
    this.created += 1;
    folder.folderPath = `Renamed ${this.created}`;
  }

  create(): ModelFolder {
    this.created += 1;
    return this.add(`New ${this.created}`, null);
  }

  private add(folderPath: string, specialUse: SpecialUse | null): ModelFolder {
    this.validity += 1;
    const folder: ModelFolder = {
      folderPath,
      specialUse,
      uidValidity: this.validity,
      uidNext: 1,
      placed: [],
      restores: 0,
      closed: 0,
      flaps: 0,
      objectId: this.hasObjectIds ? `object ${this.validity}` : null,
    };
    this.folders.push(folder);
    return folder;
  }

  private pick(number: number): { folder: ModelFolder; placed: Placed } | undefined {
    const all = this.folders.flatMap((folder) =>
      folder.placed.filter(({ hidden }) => !hidden).map((placed) => ({ folder, placed }))
    );
    return all[number % Math.max(1, all.length)];
  }
}
