import type { ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import {
  changeServer,
  customProvider,
  emptyServer,
  type FilledIn,
  type InboxDraft,
  type Side,
} from './inbox-draft';

const sides: Side[] = ['imap', 'smtp'];

/** Of an address that is whole, its domain in lower case; '' before. */
export const domainOf = (address: string): string =>
  /^[^@\s]+@([^@\s]+\.[^@\s]+)$/.exec(address.trim())?.[1]?.toLowerCase() ?? '';

/** Types the address. Servers that were filled in for another domain go at once, so that no password goes to them. */
export const changeAddress = (draft: InboxDraft, address: string): InboxDraft =>
  draft.filledIn?.by === 'address' && domainOf(address) !== domainOf(draft.address)
    ? { ...emptied(draft), address }
    : { ...draft, address };

/**
 * What the look-up of `address` found: null for an unknown provider. It replaces what an earlier one filled in; what a
 * person typed or chose stays, and so does everything when the domain is another by now.
 */
export const applyFound = (
  draft: InboxDraft,
  address: string,
  preset: ProviderPresetAnswer | null
): InboxDraft => {
  if (draft.filledIn?.by === 'choice' || domainOf(draft.address) !== domainOf(address)) return draft;
  const before = emptied(draft);
  const isTyped = sides.some((side) => before[side].host !== '');
  return preset === null || isTyped ? before : filledWith(preset, before, 'address');
};

/** A provider that a person chose: its servers. null: none, so that only typed servers stay. */
export const choosePreset = (draft: InboxDraft, preset: ProviderPresetAnswer | null): InboxDraft =>
  preset === null ? emptied(draft) : filledWith(preset, draft, 'choice');

/** Without the servers that were filled in; one whose host was typed over belongs to the person. */
const emptied = (draft: InboxDraft): InboxDraft => {
  const { filledIn } = draft;
  const without = (side: Side) =>
    filledIn?.[side] === draft[side].host
      ? { ...emptyServer(side), username: draft[side].username }
      : draft[side];
  return { ...draft, imap: without('imap'), smtp: without('smtp'), provider: customProvider, filledIn: null };
};

const filledWith = (preset: ProviderPresetAnswer, draft: InboxDraft, by: FilledIn['by']): InboxDraft => {
  const moved = sides.reduce((all, side) => changeServer(all, side, preset[side]), draft);
  return {
    ...moved,
    provider: preset.key,
    // Over what `changeServer` makes of the port.
    imap: { ...moved.imap, ...preset.imap },
    smtp: { ...moved.smtp, ...preset.smtp },
    filledIn: { by, imap: preset.imap.host, smtp: preset.smtp.host },
  };
};
