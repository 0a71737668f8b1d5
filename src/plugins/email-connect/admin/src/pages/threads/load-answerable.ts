import type { MessageSummary } from '../../../../shared/contracts/message';
import type { Client } from '../../api/client';
import { loadMessages } from '../../api/threads';
import { newestAnswerable } from './answerable';

const largestPage = 100;

/** The newest message before a place that can be answered, looked for page by page. */
export const loadAnswerable = async (
  client: Client,
  threadDocumentId: string,
  before: string | null
): Promise<MessageSummary | undefined> => {
  for (let place = before; place !== null;) {
    const { messages, earlier } = await loadMessages(client, threadDocumentId, {
      before: place,
      limit: largestPage,
    });
    const found = newestAnswerable(messages);
    if (found !== undefined) return found;
    place = earlier;
  }
  return undefined;
};
