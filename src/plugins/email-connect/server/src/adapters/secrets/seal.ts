import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EmailConnectError } from '../../domain/errors';
import type { Key } from './keyring';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12; // NIST SP 800-38D 8.2: 96 random bits
const TAG_BYTES = 16;

/** `v1.<key id>.<iv>.<tag>.<cipher text>`, each base64url; `owner` is authenticated with it. */
export const seal = (key: Key, plainText: string, owner: string): string => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key.sealing, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(owner, 'utf8'));
  const cipherText = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
  const fields = [iv, cipher.getAuthTag(), cipherText].map((field) => field.toString('base64url'));
  return ['v1', key.id, ...fields].join('.');
};

/** Throws KEY_WRONG when no key fits, the text was changed, or the text was sealed for another owner. */
export const unseal = (keys: readonly Key[], sealed: string, owner: string): string => {
  const [version, keyId, iv, tag, cipherText, ...rest] = sealed.split('.');
  if (
    version !== 'v1' ||
    iv === undefined ||
    tag === undefined ||
    cipherText === undefined ||
    rest.length > 0
  ) {
    throw wrongKey('it is not in the form that Email Connect writes');
  }
  const key = keys.find(({ id }) => id === keyId);
  if (!key) throw wrongKey('it was sealed under a key that is not configured');
  try {
    const decipher = createDecipheriv(CIPHER, key.sealing, Buffer.from(iv, 'base64url'), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(owner, 'utf8'));
    decipher.setAuthTag(Buffer.from(tag, 'base64url'));
    return decipher.update(cipherText, 'base64url', 'utf8') + decipher.final('utf8');
  } catch (cause) {
    throw wrongKey('it was changed, or sealed for another owner', cause);
  }
};

const wrongKey = (why: string, cause?: unknown): EmailConnectError =>
  new EmailConnectError(
    'KEY_WRONG',
    `A stored credential cannot be opened: ${why}.`,
    'Put the former ENCRYPTION_KEY back beside the new one, or connect the inbox again.',
    '',
    { cause }
  );
