import { EmailConnectError } from '../../domain/errors';
import type { Secrets } from '../../ports';
import { documentIdOf } from './named-document-id';
import { readKeys } from './keyring';
import type { Key, KeySource } from './keyring';
import { seal, unseal } from './seal';
import { sign } from './sign';

/**
 * Seals with the first key and opens with any (S36): to rotate, put a new key in front and keep the old one until
 * every inbox was saved again. documentIds are made with the last key, so that a new key in front changes none; when
 * the last key is removed, a conversation that begins at that time may at worst begin twice. Without a key every use
 * throws KEY_MISSING, so that a site can start and say why.
 */
export const createSecrets = (sources: readonly KeySource[]): Secrets => {
  const keys = readKeys(sources);
  const current = (): Key => {
    const [key] = keys;
    if (!key) throw missingKey();
    return key;
  };
  return {
    seal: (plainText, owner) => seal(current(), plainText, owner),
    open: (sealed, owner) => {
      current();
      return unseal(keys, sealed, owner);
    },
    assertKey: () => {
      current();
    },
    documentIdOf: (text) => {
      const oldest = keys.at(-1);
      if (!oldest) throw missingKey();
      return documentIdOf(oldest, text);
    },
    sign: (text) => sign(current(), text),
  };
};

const missingKey = (): EmailConnectError =>
  new EmailConnectError(
    'KEY_MISSING',
    'There is no key to encrypt credentials with.',
    'Set ENCRYPTION_KEY in the environment to a long random text (`openssl rand -base64 32`) and restart.'
  );
