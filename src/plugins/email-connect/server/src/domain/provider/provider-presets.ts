import { providerOfAddress } from './find-provider';
import type { Provider } from './provider';
import { providers } from './providers';

/** What the connect screen fills in and says for a provider. */
export type ProviderPreset = Pick<Provider, 'key' | 'name' | 'imap' | 'smtp' | 'advice'> & {
  acceptsPassword: boolean;
};

const presetOf = ({ key, name, imap, smtp, advice, signIn }: Provider): ProviderPreset => ({
  key,
  name,
  imap,
  smtp,
  advice,
  acceptsPassword: signIn.by !== 'sign-in-page',
});

/** In the order of the list on the connect screen. */
export const providerPresets: readonly ProviderPreset[] = providers.map(presetOf);

export const presetForAddress = (address: string): ProviderPreset | null => {
  const provider = providerOfAddress(address);
  return provider && presetOf(provider);
};
