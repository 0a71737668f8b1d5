import type { Core } from '@strapi/strapi';
import type { LinkedThread, Thread } from '../../../shared/contracts/thread';
import { wiringOf } from '../wiring';
import { access } from './access';
import type { MailReader } from './mail-reader';

/**
 * A conversation as this reader sees it, with the one that it continues and those that continue it (w17): only where they
 * see anything of these, for a name would tell that they are there. Rejects with NOT_FOUND.
 */
export const openThread = async (
  strapi: Core.Strapi,
  reader: MailReader,
  threadDocumentId: string
): Promise<LinkedThread> => {
  const { readThread, readThreadIfSeen } = access({ strapi });
  const ifSeen = async (documentId: string): Promise<Thread[]> => {
    const seen = await readThreadIfSeen(reader, documentId);
    return seen && seen.messageCount > 0 ? [seen] : [];
  };
  const thread = await readThread(reader, threadDocumentId);
  const before = thread.continuesDocumentId === null ? [] : await ifSeen(thread.continuesDocumentId);
  const after: Thread[] = [];
  for (const documentId of await wiringOf(strapi).ports.threads.continuing(threadDocumentId)) {
    after.push(...(await ifSeen(documentId)));
  }
  return {
    ...thread,
    continuesDocumentId: before[0]?.documentId ?? null,
    continuedBy: after.map(({ documentId, subject }) => ({ documentId, subject })),
  };
};
