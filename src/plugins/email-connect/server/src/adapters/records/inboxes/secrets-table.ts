import type { InboxSecrets } from '../../../ports';
import { findRows, insertRows } from '../base/query-rows';
import type { Strapi } from '../base/strapi';
import { uids } from '../base/names';

interface SecretRow {
  kind: string;
  sealed: string;
}

/** One that is not named stays. Within a transaction of the caller. */
export const saveSecrets = async (
  strapi: Strapi,
  inboxDocumentId: string,
  secrets: Partial<InboxSecrets>
): Promise<void> => {
  const rows = Object.entries(secrets).map(([kind, sealed]) => ({ inboxDocumentId, kind, sealed }));
  const kind = { $in: Object.keys(secrets) };
  await strapi.db.query(uids.secret).deleteMany({ where: { inboxDocumentId, kind } });
  await insertRows(strapi, uids.secret, rows);
};

/** null unless both passwords are stored. */
export const loadSecrets = async (strapi: Strapi, inboxDocumentId: string): Promise<InboxSecrets | null> => {
  const rows = await findRows<SecretRow>(strapi, uids.secret, { where: { inboxDocumentId } });
  const sealed = new Map(rows.map((row) => [row.kind, row.sealed]));
  const imapPassword = sealed.get('imapPassword');
  const smtpPassword = sealed.get('smtpPassword');
  return imapPassword === undefined || smtpPassword === undefined ? null : { imapPassword, smtpPassword };
};

export const deleteSecrets = async (strapi: Strapi, inboxDocumentId: string): Promise<void> => {
  await strapi.db.query(uids.secret).deleteMany({ where: { inboxDocumentId } });
};
