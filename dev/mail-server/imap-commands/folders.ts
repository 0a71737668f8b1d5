import type { SpecialUse } from '../folder';
import type { ImapCommand } from '../imap-session';
import { bad, no } from '../imap-refusal';

const USES: readonly SpecialUse[] = [
  '\\Sent',
  '\\Drafts',
  '\\Junk',
  '\\Trash',
  '\\Archive',
  '\\All',
  '\\Flagged',
];

const asUse = (word: string | undefined): SpecialUse | undefined => {
  const use = USES.find((known) => known.toUpperCase() === word);
  if (word !== undefined && !use) throw no('[USEATTR] Unknown special use');
  return use;
};

/** CREATE, with the USE of RFC 6154 section 3. */
export const create: ImapCommand = {
  names: ['CREATE'],
  needs: 'login',
  run(session, args) {
    const path = args.folderPath().replace(/\/$/, '');
    const options = args.optionalList();
    if (options && !options.skipWord('USE')) throw bad('Unknown option');
    const use = asUse(options?.list().rest((rest) => rest.word())[0]);
    args.end();
    if (path === '' || path.split('/').some((level) => level === '')) throw no('[CANNOT] Wrong folder name');
    if (!session.mailbox().create(path, use)) throw no('[ALREADYEXISTS] Folder exists');
    return 'Created';
  },
};

export const remove: ImapCommand = {
  names: ['DELETE'],
  needs: 'login',
  run(session, args) {
    const folder = session.folder(args.folderPath(), '[NONEXISTENT] ');
    args.end();
    if (session.selected?.folder === folder) session.deselect();
    if (!session.mailbox().remove(folder.path)) throw no('[CANNOT] Folder cannot be deleted');
    return 'Deleted';
  },
};

export const rename: ImapCommand = {
  names: ['RENAME'],
  needs: 'login',
  run(session, args) {
    const folder = session.folder(args.folderPath(), '[NONEXISTENT] ');
    const target = args.folderPath();
    args.end();
    if (!session.mailbox().rename(folder.path, target)) throw no('[CANNOT] Folder cannot be renamed so');
    return 'Renamed';
  },
};

const subscribing = (name: string, isSubscribed: boolean): ImapCommand => ({
  names: [name],
  needs: 'login',
  run(session, args) {
    session.folder(args.folderPath(), '[NONEXISTENT] ').isSubscribed = isSubscribed;
    args.end();
    return 'Done';
  },
});

export const subscribe = subscribing('SUBSCRIBE', true);
export const unsubscribe = subscribing('UNSUBSCRIBE', false);
