import type { Candidate, ParsedMessage } from '../domain/message/message';
import type { Ports } from '../ports';
import { messageToRecord } from './fetch-message';
import type { JudgedMessage } from './judge-messages';
import type { Pass, SyncPorts } from './pass';
import { RecordStep } from './record-step';
import { foldersToRead } from './folders-to-read';

const BODY_IS_GONE =
  'The body of this message is no longer available: it was moved or deleted before it could be read.';

/**
 * Messages that were ours by their headers and gone before their body was read (c10, c11). One that lies in another
 * watched folder now is met by that folder's pass. Of one that lies nowhere the header is recorded, so that nobody
 * misses that an answer came.
 */
export const recordVanished = async (
  ports: SyncPorts & Pick<Ports, 'folders'>,
  pass: Pass,
  vanished: readonly JudgedMessage[]
): Promise<void> => {
  const folders = foldersToRead(await ports.folders.list(pass.inbox.documentId), ports.clock.now());
  const [first] = folders;
  if (!first?.cursor) return;
  const step = new RecordStep(ports, {
    ...{ inbox: pass.inbox, fence: pass.fence, folder: first, uidValidity: first.cursor.uidValidity },
    ...{ attempts: new Map(), announces: true },
  });
  for (const { candidate, verdict } of vanished) {
    if (verdict.kind !== 'log' || (await liesIn(pass, folders, candidate))) continue;
    step.logWithoutLocation(
      messageToRecord(ports, pass.inbox, candidate, verdict, headerOnly(candidate), false)
    );
  }
  await step.write();
};

const liesIn = async (
  { session }: Pass,
  folders: readonly { folderPath: string }[],
  { headers: { messageId } }: Candidate
): Promise<boolean> => {
  if (messageId === null) return false;
  for (const { folderPath } of folders) {
    if ((await session.findByMessageId(folderPath, messageId)).length > 0) return true;
  }
  return false;
};

const headerOnly = ({ headers }: Candidate): ParsedMessage => ({
  ...{ headers, text: BODY_IS_GONE, html: '', attachments: [], parsedAs: 'mime' },
  ...{ marks: [], embedded: [] },
});
