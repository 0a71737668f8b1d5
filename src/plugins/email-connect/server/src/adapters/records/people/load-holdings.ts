import type { SeenHolding } from '../../../domain/access/sight';
import { readLevel } from '../base/enumerations';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';
import type { AccessRequestRow, HoldingRow, StricterLevelRow } from '../base/rows';
import { loadRuledLevels } from './load-ruled-levels';

/**
 * The inboxes that have to do with each of these messages, as they count for an admin user ('' for nobody in particular);
 * every message has an entry.
 */
export const loadHoldings = async (
  strapi: Strapi,
  messageIds: readonly number[],
  userDocumentId: string
): Promise<Map<number, SeenHolding[]>> => {
  const holdings = await findRowsIn<HoldingRow>(strapi, uids.holding, 'messageId', messageIds, {
    orderBy: { id: 'asc' },
  });
  const threadIds = holdings.map(({ threadId }) => threadId);
  const [inboxes, stricter, ruledAt, requests] = await Promise.all([
    findRowsIn<{ documentId: string; level: string | null }>(
      strapi,
      uids.inbox,
      'documentId',
      holdings.map(({ inboxDocumentId }) => inboxDocumentId),
      { select: ['documentId', 'level'] }
    ),
    findRowsIn<StricterLevelRow>(strapi, uids.stricterLevel, 'threadId', threadIds),
    loadRuledLevels(strapi, messageIds),
    userDocumentId === ''
      ? []
      : findRowsIn<AccessRequestRow>(strapi, uids.accessRequest, 'threadId', threadIds, {
          where: { userDocumentId, state: 'granted' },
        }),
  ]);
  const levelOf = new Map(inboxes.map(({ documentId, level }) => [documentId, readLevel(level)]));
  const granted = new Set(requests.map(keyOf));
  const found = new Map<number, SeenHolding[]>(messageIds.map((id) => [id, []]));
  for (const holding of holdings) {
    const { messageId, inboxDocumentId, holds, decides } = holding;
    const chosen = stricter.filter(
      (one) => keyOf(one) === keyOf(holding) && (one.messageId === 0 || one.messageId === messageId)
    );
    const ruled = ruledAt(holding);
    const alone = chosen.filter((one) => one.messageId === messageId).map(({ level }) => readLevel(level));
    found.get(messageId)?.push({
      inboxDocumentId,
      holds,
      decides,
      levels: [
        levelOf.get(inboxDocumentId) ?? 'full',
        ...chosen.map(({ level }) => readLevel(level)),
        ...ruled,
      ],
      isGranted: granted.has(keyOf(holding)),
      isHidden: [...alone, ...ruled].includes('private'),
    });
  }
  return found;
};

const keyOf = ({ threadId, inboxDocumentId }: { threadId: number; inboxDocumentId: string }): string =>
  `${threadId} ${inboxDocumentId}`;
