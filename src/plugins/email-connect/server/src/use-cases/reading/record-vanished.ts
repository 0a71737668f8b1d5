import { EmailConnectError } from '../../domain/errors';
import type { Candidate, ImapUid, ReadMessage } from '../../domain/message/message';
import type { Location } from '../../ports';
import { foldersToRead } from '../inbox';
import { isRefusal, messageToRecord } from './fetch-message';
import type { Pass, SyncPorts, Vanished } from './pass';
import { RecordStep } from './record-step';

const BODY_IS_GONE =
  'The body of this message is no longer available: it was moved or deleted before it could be read.';
const GONE_FOR_A_MOMENT = 'The server lists this message but did not hand it out.';

/**
 * Records messages that were ours by their headers but gone before their body was read (c10, c11). A message that
 * lies in another watched folder now is read by that folder's pass. Of a message that lies nowhere the header is
 * recorded, so that nobody misses that an answer came. Either way it leaves the quarantine, where it waited for this.
 */
export const recordVanished = async (
  ports: SyncPorts,
  pass: Pass,
  vanished: readonly Vanished[]
): Promise<void> => {
  if (vanished.length === 0) return;
  const folders = foldersToRead(await ports.folders.list(pass.inbox.documentId), ports.clock.now());
  const first = folders.find(({ cursor }) => cursor !== null);
  if (!first?.cursor) return;
  const step = new RecordStep(ports, {
    inbox: pass.inbox,
    fence: pass.fence,
    folder: first,
    uidValidity: first.cursor.uidValidity,
    attempts: new Map(),
    announces: true,
  });
  for (const { location, gone } of vanished) {
    const { candidate, verdict } = gone;
    switch (await whereabouts(pass, folders, location, candidate)) {
      case 'here':
        step.quarantineAt(location, { code: 'MESSAGE_UNREADABLE', detail: GONE_FOR_A_MOMENT });
        break;
      case 'elsewhere':
        step.lift(location);
        break;
      case 'nowhere':
        step.logGone(
          messageToRecord(ports, pass.inbox, candidate, verdict, headerOnly(candidate), null),
          location
        );
    }
  }
  await step.write();
};

/** `here`: in the folder where it was, so that it was not gone. */
const whereabouts = async (
  { session }: Pass,
  folders: readonly { folderPath: string }[],
  location: Location,
  { headers: { messageId } }: Candidate
): Promise<'here' | 'elsewhere' | 'nowhere'> => {
  if (messageId === null) return 'nowhere';
  for (const { folderPath } of folders) {
    const found = await session.findByMessageId(folderPath, messageId).catch(none);
    if (folderPath === location.folderPath && found.includes(location.imapUid)) return 'here';
    if (found.length > 0) return 'elsewhere';
  }
  return 'nowhere';
};

/**
 * A folder that cannot be opened or searched counts as one without the message: telling twice is better than not
 * telling.
 */
const none = (error: unknown): ImapUid[] => {
  if (isRefusal(error) || (error instanceof EmailConnectError && error.code === 'FOLDER_UNREADABLE'))
    return [];
  throw error;
};

const headerOnly = ({ headers }: Candidate): ReadMessage => ({
  headers,
  text: BODY_IS_GONE,
  html: '',
  attachments: [],
  parsedAs: 'mime',
  marks: [],
  embedded: [],
  trace: [],
});
