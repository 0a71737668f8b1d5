import type { Arguments } from '../arguments';
import { decodeFolderName } from '../folder-name';
import type { Folder } from '../folder';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad } from '../imap-refusal';
import { imapString } from '../imap-text';
import { formatStatus, readStatusItems } from './status';

interface ListRequest {
  patterns: RegExp[];
  onlySubscribed: boolean;
  onlySpecialUse: boolean;
  returnsSubscribed: boolean;
  statusItems: string[];
}

const MAX_PATTERN = 500;

/** `%` stays within one level, `*` does not (RFC 3501 section 6.3.8). */
const toPattern = (wire: string): RegExp => {
  const text = decodeFolderName(wire);
  if (text.length > MAX_PATTERN) throw bad('Pattern too long');
  const source = text
    .replace(/[*%]*\*[*%]*/g, '*')
    .replace(/%+/g, '%')
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/%/g, '[^/]*');
  return new RegExp(`^${source}$`, /^inbox/i.test(text) ? 'is' : 's');
};

const readPatterns = (args: Arguments): { reference: string; patterns: string[] } => {
  const reference = args.astring();
  const list = args.optionalList();
  return { reference, patterns: list ? list.rest((rest) => rest.astring()) : [args.astring()] };
};

const readReturn = (session: ImapSession, args: Arguments, request: ListRequest): void => {
  if (!args.skipWord('RETURN')) return;
  const options = args.list();
  while (!options.isEmpty) {
    const option = options.word();
    if (option === 'STATUS') request.statusItems = readStatusItems(session, options.list());
    else if (option === 'SUBSCRIBED') request.returnsSubscribed = true;
    else if (option !== 'CHILDREN' && option !== 'SPECIAL-USE') throw bad('Unknown return option');
  }
};

const attributes = (session: ImapSession, folder: Folder, request: ListRequest): string => {
  const own = [session.mailbox().hasChildren(folder.path) ? '\\HasChildren' : '\\HasNoChildren'];
  if (request.returnsSubscribed && folder.isSubscribed) own.push('\\Subscribed');
  if (folder.specialUse && session.has('SPECIAL-USE')) own.push(folder.specialUse);
  return [...own, ...folder.attributes].join(' ');
};

const tell = async (session: ImapSession, verb: string, request: ListRequest): Promise<void> => {
  for (const folder of session.mailbox().folders.values()) {
    if (!request.patterns.some((pattern) => pattern.test(folder.path))) continue;
    if (request.onlySubscribed && !folder.isSubscribed) continue;
    if (request.onlySpecialUse && !folder.specialUse) continue;
    const name = imapString(session.wireName(folder.path));
    await session.untagged(`${verb} (${attributes(session, folder, request)}) "/" ${name}`);
    if (request.statusItems.length > 0 && folder.isSelectable)
      await session.untagged(formatStatus(session, folder, request.statusItems));
  }
};

/** LIST with the selection and return options of RFC 5258, 5819 and 6154. */
export const list: ImapCommand = {
  names: ['LIST'],
  needs: 'login',
  async run(session, args) {
    const select = args.optionalList()?.rest((rest) => rest.word()) ?? [];
    const { reference, patterns } = readPatterns(args);
    const request: ListRequest = {
      patterns: patterns.map((pattern) => toPattern(reference + pattern)),
      onlySubscribed: select.includes('SUBSCRIBED'),
      onlySpecialUse: select.includes('SPECIAL-USE'),
      returnsSubscribed: select.includes('SUBSCRIBED'),
      statusItems: [],
    };
    if (!args.isEmpty && !session.has('LIST-EXTENDED')) throw bad('LIST-EXTENDED is not offered');
    readReturn(session, args, request);
    args.end();
    // An empty pattern asks for the delimiter alone.
    if (patterns.length === 1 && patterns[0] === '') await session.untagged('LIST (\\Noselect) "/" ""');
    else await tell(session, 'LIST', request);
    return 'Done';
  },
};

export const lsub: ImapCommand = {
  names: ['LSUB'],
  needs: 'login',
  async run(session, args) {
    const { reference, patterns } = readPatterns(args);
    args.end();
    await tell(session, 'LSUB', {
      patterns: patterns.map((pattern) => toPattern(reference + pattern)),
      onlySubscribed: true,
      onlySpecialUse: false,
      returnsSubscribed: false,
      statusItems: [],
    });
    return 'Done';
  },
};
