import type { LeftMail } from '../../../domain/access/leaving';
import type { LinkedContact } from '../../../domain/outgoing/outgoing';
import type { LeavingChoice } from '../../../ports';
import { nowMs } from '../base/instants';
import type { Writer } from '../base/transaction';
import { tables } from '../base/names';

/** What is that old was never used. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** `LeavingRecords.choose`, within a transaction of the caller. */
export const choose = async (
  { strapi, table }: Writer,
  { contact, chosenBy, left }: LeavingChoice
): Promise<void> => {
  const now = nowMs(strapi);
  const choices = () => table(tables.deletionChoice);
  await choices().whereRaw(`chosen_at < ${now} - ?`, [FORGOTTEN_AFTER_MS]).delete();
  await choices().where(keyOf(contact, chosenBy)).delete();
  const to = left.kind === 'hand-over' ? left.to : null;
  await choices().insert({
    ...keyOf(contact, chosenBy),
    kind: left.kind,
    to_contact_type: to?.contactType ?? null,
    to_contact_document_id: to?.documentId ?? null,
    chosen_at: strapi.db.connection.raw(now),
  });
};

interface ChoiceRow {
  id: number;
  kind: string;
  to_contact_type: string | null;
  to_contact_document_id: string | null;
}

/** `LeavingRecords.takeChoice`, within a transaction of the caller. */
export const takeChoice = async (
  { strapi, table }: Writer,
  contact: LinkedContact,
  chosenBy: string,
  withinMs: number
): Promise<LeftMail | null> => {
  const choices = () => table(tables.deletionChoice).where(keyOf(contact, chosenBy));
  const fresh = await choices()
    .whereRaw(`chosen_at >= ${nowMs(strapi)} - ?`, [withinMs])
    .select('id', 'kind', 'to_contact_type', 'to_contact_document_id');
  await choices().delete();
  const [chosen]: ChoiceRow[] = fresh;
  return chosen ? toLeft(chosen) : null;
};

const toLeft = ({ kind, to_contact_type: type, to_contact_document_id: documentId }: ChoiceRow): LeftMail => {
  if (kind === 'hand-over' && type !== null && documentId !== null)
    return { kind, to: { contactType: type, documentId } };
  return { kind: kind === 'erase' ? 'erase' : 'keep' };
};

const keyOf = ({ contactType, documentId }: LinkedContact, chosenBy: string) => ({
  contact_type: contactType,
  contact_document_id: documentId,
  chosen_by: chosenBy,
});
