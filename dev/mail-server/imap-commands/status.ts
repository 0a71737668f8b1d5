import type { Arguments } from '../arguments';
import type { Folder } from '../folder';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad } from '../imap-refusal';
import { imapString } from '../imap-text';

const VALUES = new Map<string, (folder: Folder) => number | string>([
  ['MESSAGES', (folder) => folder.messages.length],
  ['RECENT', () => 0],
  ['UIDNEXT', (folder) => folder.uidNext],
  ['UIDVALIDITY', (folder) => folder.uidValidity],
  ['UNSEEN', (folder) => folder.messages.filter(({ flags }) => !flags.has('\\Seen')).length],
  ['DELETED', (folder) => folder.messages.filter(({ flags }) => flags.has('\\Deleted')).length],
  ['SIZE', (folder) => folder.messages.reduce((sum, { raw }) => sum + raw.length, 0)],
  ['HIGHESTMODSEQ', (folder) => folder.highestModSeq],
  ['MAILBOXID', (folder) => `(${folder.id})`],
]);

/** The names in a STATUS list. Throws BAD on an unknown one, or one hidden with CONDSTORE. */
export const readStatusItems = (session: ImapSession, list: Arguments): string[] => {
  const items = list.rest((rest) => rest.word());
  if (items.length === 0 || !items.every((item) => VALUES.has(item))) throw bad('Wrong status item');
  if (items.includes('MAILBOXID') && !session.has('OBJECTID')) throw bad('OBJECTID is not offered');
  if (items.includes('HIGHESTMODSEQ')) {
    if (!session.has('CONDSTORE')) throw bad('CONDSTORE is not offered');
    session.wantsModSeq = true;
  }
  return items;
};

export const formatStatus = (session: ImapSession, folder: Folder, items: readonly string[]): string => {
  const values = items.map((item) => `${item} ${VALUES.get(item)?.(folder) ?? 0}`);
  return `STATUS ${imapString(session.wireName(folder.path))} (${values.join(' ')})`;
};

export const status: ImapCommand = {
  names: ['STATUS'],
  needs: 'login',
  async run(session, args) {
    const path = args.folderPath();
    const items = readStatusItems(session, args.list());
    args.end();
    await session.untagged(formatStatus(session, session.folder(path), items));
    return 'Done';
  },
};
