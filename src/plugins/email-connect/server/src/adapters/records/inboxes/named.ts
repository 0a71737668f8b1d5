import { namedBeside, namedKinds } from '../../../domain/inbox/named';
import type { Named } from '../../../domain/inbox/named';
import { deleteRows, findRows, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import type { Writer } from '../base/transaction';
import { uids } from '../base/names';
import type { NamedRow } from '../base/rows';

/** Who uses an inbox besides its owner. */
export const namedOn = async (strapi: Strapi, inboxDocumentId: string): Promise<Named[]> => {
  const rows = await findRows<NamedRow>(strapi, uids.named, {
    where: { inboxDocumentId },
    orderBy: { id: 'asc' },
  });
  return rows.flatMap(({ kind: stored, namedDocumentId: documentId }) => {
    const kind = namedKinds.find((one) => one === stored);
    return kind ? [{ kind, documentId }] : [];
  });
};

/** These, and nobody else, use the inbox besides its owner. */
export const writeNamed = async (
  { strapi }: Writer,
  inbox: { documentId: string; ownerDocumentId: string },
  named: readonly Named[]
): Promise<void> => {
  await deleteRows(strapi, uids.named, { inboxDocumentId: inbox.documentId });
  const rows = namedBeside(inbox.ownerDocumentId, named).map(({ kind, documentId }) => ({
    inboxDocumentId: inbox.documentId,
    kind,
    namedDocumentId: documentId,
  }));
  await insertRows(strapi, uids.named, rows);
};
