import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { ContactRecords } from '../../../ports';
import { findRowsIn } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { contactTypesOf } from './contact-types';
import { linksOfParticipants, loadContacts } from './links';

/** `ContactRecords.standingOn`, in the transaction of the caller where there is one. */
export const contactsStandingOn = async (
  strapi: Strapi,
  { threadDocumentId, continuesDocumentId, participants }: Parameters<ContactRecords['standingOn']>[0]
): Promise<LinkedContact[]> => {
  const linked = await loadContacts(strapi, [threadDocumentId, continuesDocumentId ?? []].flat());
  const carriers = await linksOfParticipants(
    strapi,
    participants.map((address) => ({ threadDocumentId, address }))
  );
  return contactsThatExist(strapi, [
    ...[...linked.values()].flat(),
    ...carriers.map(({ contactType, contactDocumentId: documentId }) => ({ contactType, documentId })),
  ]);
};

/** A link outlives its record, and so does a type's last configuration. */
export const contactsThatExist = async (
  strapi: Strapi,
  contacts: readonly LinkedContact[]
): Promise<LinkedContact[]> => {
  const wanted = new Map(
    contacts.map(({ contactType, documentId }) => [
      contactKey({ contactType, documentId }),
      { contactType, documentId },
    ])
  );
  const there: LinkedContact[] = [];
  for (const { uid } of contactTypesOf(strapi)) {
    const ofType = [...wanted.values()].filter(({ contactType }) => contactType === uid);
    const documentIds = ofType.map(({ documentId }) => documentId);
    const rows = await findRowsIn<{ documentId: string }>(strapi, uid, 'documentId', documentIds, {
      select: ['documentId'],
    });
    const known = new Set(rows.map(({ documentId }) => documentId));
    there.push(...ofType.filter(({ documentId }) => known.has(documentId)));
  }
  return there;
};

export const contactKey = ({ contactType, documentId }: LinkedContact): string =>
  `${contactType} ${documentId}`;
