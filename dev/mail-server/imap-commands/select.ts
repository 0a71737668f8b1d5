import { SYSTEM_FLAGS, formatFlags } from '../flags';
import type { Folder } from '../folder';
import type { ImapCommand, ImapSession } from '../imap-session';
import { bad, no } from '../imap-refusal';

const open = async (session: ImapSession, folder: Folder, isReadOnly: boolean): Promise<void> => {
  const isReopening = session.selected !== undefined;
  const selected = session.select(folder, isReadOnly);
  const keywords = new Set(folder.messages.flatMap(({ flags }) => [...flags]));
  const flags = formatFlags(new Set([...SYSTEM_FLAGS, ...keywords]));
  const firstUnseen = selected.all().find(({ message }) => !message.flags.has('\\Seen'));
  const { omittedItems, highestModSeq } = session.world.faults;
  const modSeq = session.has('CONDSTORE')
    ? `HIGHESTMODSEQ ${highestModSeq ?? folder.highestModSeq}`
    : 'NOMODSEQ';
  const lines = [
    ...(isReopening ? ['OK [CLOSED] Previous folder closed'] : []),
    `FLAGS ${flags}`,
    `OK [PERMANENTFLAGS ${isReadOnly ? '()' : flags.replace(')', ' \\*)')}] Flags permitted`,
    `${selected.exists} EXISTS`,
    '0 RECENT',
    ...(firstUnseen ? [`OK [UNSEEN ${firstUnseen.number}] First unseen`] : []),
    `OK [UIDVALIDITY ${folder.uidValidity}] UIDs valid`,
    `OK [UIDNEXT ${folder.uidNext}] Predicted next UID`,
    `OK [${modSeq}] Highest`,
    ...(session.has('OBJECTID') ? [`OK [MAILBOXID (${folder.id})] Ok`] : []),
  ].filter((line) => !omittedItems.some((item) => line.includes(item)));
  await session.connection.write([lines.map((line) => `* ${line}\r\n`).join('')]);
};

const opening = (name: string, isReadOnly: boolean): ImapCommand => ({
  names: [name],
  needs: 'login',
  async run(session, args) {
    const path = args.folderPath();
    const options = args.optionalList()?.rest((rest) => rest.word()) ?? [];
    args.end();
    if (options.some((option) => option !== 'CONDSTORE')) throw bad('Unknown option');
    if (options.length > 0 && !session.has('CONDSTORE')) throw bad('CONDSTORE is not offered');
    if (options.length > 0) session.wantsModSeq = true;
    const folder = session.mailbox().folder(path);
    // A failed SELECT leaves nothing selected (RFC 3501 section 6.3.1).
    if (!folder?.isSelectable) session.deselect();
    const found = session.folder(path, '[NONEXISTENT] ');
    if (!found.isSelectable) throw no('[CANNOT] Folder cannot be opened');
    await open(session, found, isReadOnly);
    return isReadOnly ? '[READ-ONLY] Opened' : '[READ-WRITE] Opened';
  },
});

export const select = opening('SELECT', false);
export const examine = opening('EXAMINE', true);
