import { splitQuoted } from '../../../../shared/text/split-quoted';
import { isSameContent, isTelling } from '../../domain/message/same-content';
import type { ReadMessage } from '../../domain/message/message';
import { refetchWaitMs } from '../../domain/message/refetch';
import type { Bytes, CopyToCompare, Ports } from '../../ports';
import { announceChanged } from './announce-changed';
import type { Pass } from './pass';
import { readAgain } from './read-again';
import type { ReadAgainPorts } from './read-again';

type ComparePorts = ReadAgainPorts & Pick<Ports, 'copies' | 'levels' | 'threads' | 'news'>;

/** In one turn of the loop, so that new mail does not wait for copies. */
const READ_AT_ONCE = 5;
/** Most are settled without being read. */
const COPIES_AT_ONCE = 20;
const BYTES_AT_ONCE = 20_000_000;
/** For one message in one inbox, wherever copies of it lie there: whoever files forged ones has no more guesses. */
const TRIES = 4;

/**
 * Compares copies of recorded mail with what is recorded (S41): they lie in inboxes that are not named on it, as those
 * that came by an alias, a Bcc or a forwarding rule do. A true one gives its inbox the message; nothing of it is kept.
 * Ends for now when `signal` aborts.
 */
export const compareCopies = async (ports: ComparePorts, pass: Pass): Promise<void> => {
  const due = await ports.copies.listDue(pass.inbox.documentId, COPIES_AT_ONCE);
  // Until an update has written down who holds the mail of before, any copy seems to be somebody else's.
  if (due.length === 0 || !(await ports.levels.isReady())) return;
  let bytes = 0;
  let read = 0;
  for (const copy of due) {
    const isWorthReading = !copy.isHeld && copy.tries < TRIES && isTelling(copy.content, ownWords(copy));
    const size = isWorthReading ? copy.size : 0;
    if (pass.signal.aborted || (bytes > 0 && bytes + size > BYTES_AT_ONCE)) return;
    const tries = copy.tries + 1;
    if (!(await ports.copies.plan(pass.fence, copy, tries < TRIES ? refetchWaitMs(tries) : null))) continue;
    if (copy.isWaitingForFiles && !copy.isHeld) continue;
    bytes += size;
    read += isWorthReading ? 1 : 0;
    const isTrue = isWorthReading && (await isTrueCopy(ports, pass, copy));
    if (isTrue === null) continue;
    if (await ports.copies.settle(pass.fence, copy, isTrue)) await announceChanged(ports, pass, copy);
    if (read === READ_AT_ONCE) return;
  }
};

const ownWords = ({ content }: CopyToCompare): string => splitQuoted(content.text).fresh;

/** null: the server does not hand it out now. */
const isTrueCopy = async (ports: ComparePorts, pass: Pass, copy: CopyToCompare): Promise<boolean | null> => {
  const found = await readAgain(ports, pass, copy, (source, limit) => parseOnly(ports, source, limit));
  if (found.kind === 'refused') return null;
  return found.kind === 'read' && isSameContent(copy.content, { ...found, files: found.attachments });
};

const parseOnly = (
  { mime, attachments, settings }: ComparePorts,
  source: Bytes,
  attachmentBytes: number
): Promise<ReadMessage> =>
  mime.parseMessage(source, {
    attachmentBytes,
    textBytes: settings.textLimitBytes,
    saveAttachment: (content) => attachments.measure(content),
  });
