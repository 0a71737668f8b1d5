import type { Arguments } from '../arguments';
import { EXTENSION_ITEMS, parseFetchItems } from '../fetch-items';
import type { FetchItem } from '../fetch-items';
import { formatFetch } from '../fetch-response';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad } from '../imap-refusal';
import type { NumberedMessage } from '../selected-folder';

const isPlain = (item: FetchItem, name: string): boolean => item.kind === 'plain' && item.name === name;

/** UID FETCH answers with the UID whether asked for or not (RFC 3501 section 6.4.8). */
const withUid = (items: FetchItem[]): FetchItem[] =>
  items.some((item) => isPlain(item, 'UID')) ? items : [{ kind: 'plain', name: 'UID' }, ...items];

const readChangedSince = (args: Arguments): number => {
  const modifiers = args.optionalList();
  if (!modifiers) return 0;
  if (!modifiers.skipWord('CHANGEDSINCE')) throw bad('Unknown fetch modifier');
  const since = modifiers.number();
  modifiers.end();
  return since;
};

const markSeen = (session: ImapSession, { message }: NumberedMessage): boolean => {
  const selected = session.opened();
  if (selected.isReadOnly || message.flags.has('\\Seen')) return false;
  selected.silently(() => selected.folder.setFlags(message, [...message.flags, '\\Seen']));
  return true;
};

/** Throws BAD on an item of an extension that this server lacks. */
const checkItems = (session: ImapSession, items: readonly FetchItem[]): void => {
  for (const [name, extension] of Object.entries(EXTENSION_ITEMS)) {
    if (items.some((item) => isPlain(item, name)) && !session.has(extension)) throw bad('Unknown fetch item');
  }
};

export const fetch: ImapCommand = {
  names: ['FETCH', 'UID FETCH'],
  needs: 'selected folder',
  keepsNumbers: true,
  async run(session, args, { byUid }) {
    const messages = session.opened().resolve(args.sequenceSet(), byUid);
    const asked = parseFetchItems(args);
    const since = readChangedSince(args);
    args.end();
    if (!messages) throw bad('No such message');
    checkItems(session, asked);
    const hasModSeq = since > 0 || asked.some((item) => isPlain(item, 'MODSEQ'));
    if (hasModSeq && !session.has('CONDSTORE')) throw bad('CONDSTORE is not offered');
    if (hasModSeq) session.wantsModSeq = true;
    const items = byUid ? withUid(asked) : asked;
    if (since > 0 && !items.some((item) => isPlain(item, 'MODSEQ')))
      items.push({ kind: 'plain', name: 'MODSEQ' });
    const flagsItem: FetchItem = { kind: 'plain', name: 'FLAGS' };
    const setsSeen = items.some((item) => item.kind === 'section' && item.setsSeen);
    const hasFlags = items.some((item) => isPlain(item, 'FLAGS'));
    for (const one of messages) {
      if (!session.connection.isOpen) break;
      if (one.message.modSeq <= since) continue;
      const fault = session.fault && 'uids' in session.fault ? session.fault : undefined;
      const isHit = fault?.uids.includes(one.message.uid) ?? false;
      if (fault?.do === 'drop-rows' && isHit) continue;
      const tellsFlags = setsSeen && markSeen(session, one) && !hasFlags;
      if (hasFlags || tellsFlags) session.opened().toldFlags(one.message);
      const blank = fault?.do === 'blank-headers' && isHit ? fault.as : undefined;
      const told = tellsFlags ? [flagsItem, ...items] : items;
      const parts = formatFetch(one.number, one.message, told, blank);
      await session.connection.write(parts);
    }
    return 'Done';
  },
};
