import { useCallback, useEffect, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import { loadPresets } from '../../../api/inboxes';
import { useLoad } from '../../../hooks/use-load';

const typingPauseMs = 400;

/** The address, once it has a domain to look up; '' before. */
const lookedUp = (address: string): string =>
  /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address.trim()) ? address.trim() : '';

export interface Presets {
  presets: ProviderPresetAnswer[];
  /** true: the domain was looked up, and its servers are not known. */
  isUnknown: boolean;
}

/** Looks up the provider of a typed address and calls `onFound` when the answer changes. */
export const usePreset = (
  address: string,
  onFound: (preset: ProviderPresetAnswer | null) => void
): Presets => {
  const asked = useDebounce(lookedUp(address), typingPauseMs);
  const load = useCallback(
    async (client: Parameters<typeof loadPresets>[0]) => ({ asked, ...(await loadPresets(client, asked)) }),
    [asked]
  );
  const { value } = useLoad(load);
  const [applied, setApplied] = useState('');

  useEffect(() => {
    if (value === null || value.asked === '' || value.asked === applied) return;
    setApplied(value.asked);
    onFound(value.preset);
  }, [value, applied, onFound]);

  return {
    presets: value?.presets ?? [],
    isUnknown: value !== null && value.asked !== '' && value.preset === null,
  };
};
