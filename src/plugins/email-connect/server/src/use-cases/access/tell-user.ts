import type { NewsItem } from '../../../../shared/contracts/news';
import type { AccessRequest, Ports } from '../../ports';

/** News of a question about a conversation, for one admin user: nobody else hears that somebody asks. */
export const tellUser = (
  { news }: Pick<Ports, 'news'>,
  kind: Extract<NewsItem['kind'], 'access.asked' | 'access.answered'>,
  { inboxDocumentId, threadDocumentId }: Pick<AccessRequest, 'inboxDocumentId' | 'threadDocumentId'>,
  userDocumentId: string
): Promise<void> =>
  news.announce({
    kind,
    inboxDocumentId,
    threadDocumentId,
    messageDocumentId: null,
    contacts: [],
    userDocumentId,
  });
