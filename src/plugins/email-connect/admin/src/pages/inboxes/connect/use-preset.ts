import { useCallback, useEffect, useState } from 'react';
import { useDebounce } from '@strapi/strapi/admin';
import type { ProviderPresetAnswer } from '../../../../../shared/contracts/inbox';
import { loadPresets } from '../../../api/inboxes';
import { useLoad } from '../../../hooks/use-load';
import { domainOf } from '../form/fill-in';

const typingPauseMs = 400;

export interface Presets {
  presets: ProviderPresetAnswer[];
  /** true: the domain was looked up, and its servers are not known. */
  isUnknown: boolean;
}

/**
 * Looks up the provider of a typed address, and calls `onFound` once for a domain, and again when that was another
 * meanwhile.
 */
export const usePreset = (
  address: string,
  onFound: (address: string, preset: ProviderPresetAnswer | null) => void
): Presets => {
  const domain = domainOf(address);
  const asked = useDebounce(domain === '' ? '' : address.trim(), typingPauseMs);
  const load = useCallback(
    async (client: Parameters<typeof loadPresets>[0]) => ({ asked, ...(await loadPresets(client, asked)) }),
    [asked]
  );
  const { value } = useLoad(load);
  const answered = value === null ? '' : domainOf(value.asked);
  const [told, setTold] = useState('');

  useEffect(() => {
    if (told !== '' && told !== domain) setTold('');
    if (value === null || answered === '' || answered !== domain || answered === told) return;
    setTold(answered);
    onFound(value.asked, value.preset);
  }, [value, answered, domain, told, onFound]);

  return {
    presets: value?.presets ?? [],
    isUnknown: value !== null && answered !== '' && value.preset === null,
  };
};
