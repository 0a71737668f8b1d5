import { createHash, hkdfSync } from 'node:crypto';
import { EmailConnectError } from '../../domain/errors';

/** What an installation configures: long random text, and an id for it when the default does not fit. */
export interface KeySource {
  id?: string;
  secret: string;
}

/**
 * The sub-keys of one configured secret: one for each use (RFC 5869 3.2), so that a signature reveals nothing about a
 * seal.
 */
export interface Key {
  /** Stands unencrypted before the sealed text; says which key opens it, and nothing about the key. */
  id: string;
  sealing: Buffer;
  signing: Buffer;
  naming: Buffer;
}

const KEY_BYTES = 32; // AES-256, HMAC-SHA256
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** Keys in the order given, blank ones left out. Throws INPUT_INVALID for an id that could not stand in a sealed text. */
export const readKeys = (sources: readonly KeySource[]): Key[] =>
  sources.filter(({ secret }) => secret.trim() !== '').map(readKey);

const readKey = ({ id, secret }: KeySource): Key => {
  const sealing = subKey(secret, 'email-connect/seal/v1');
  const keyId = id ?? createHash('sha256').update(sealing).digest('base64url').slice(0, 8);
  if (!KEY_ID.test(keyId)) {
    throw new EmailConnectError(
      'INPUT_INVALID',
      'The id of an encryption key may hold letters, digits, "-" and "_" only.',
      'Rename the key in the configuration of Email Connect.'
    );
  }
  return {
    id: keyId,
    sealing,
    signing: subKey(secret, 'email-connect/sign/v1'),
    naming: subKey(secret, 'email-connect/document-id/v1'),
  };
};

const subKey = (secret: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', use, KEY_BYTES));
