import { extractIds } from '../identification/extract-ids';
import { headerFields } from '../identification/header-fields';
import { noFindings } from './returned-part';
import type { PartFindings } from './returned-part';

/** Message-ID first; then the fields in which providers keep it when they replace it. */
export const ID_FIELDS = [
  'message-id',
  'x-microsoft-original-message-id',
  'x-google-original-message-id',
  'x-original-message-id',
  'original-message-id',
];

/** The ids of the mail that these fields belong to, and of the mails it answers, the nearest first. */
export const idsOfFields = (
  fields: ReadonlyMap<string, readonly string[]>
): Pick<PartFindings, 'ids' | 'related'> => {
  const idsOf = (name: string) => extractIds(fields.get(name) ?? []);
  return {
    ids: ID_FIELDS.flatMap(idsOf),
    related: [...idsOf('in-reply-to'), ...idsOf('references').reverse()],
  };
};

/** The header of the returned mail (RFC 3462 2, RFC 3464 2). */
export const readReturnedHeader = (text: string): PartFindings => ({
  ...noFindings,
  ...idsOfFields(headerFields(text)),
});
