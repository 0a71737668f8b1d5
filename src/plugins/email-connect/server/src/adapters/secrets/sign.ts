import { createHmac } from 'node:crypto';
import type { Key } from './keyring';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648 6, lower case
const SIGNATURE_CHARACTERS = 10; // 50 bits: a mail server lets nobody make enough guesses

/** The first characters of HMAC-SHA256, base32. */
export const sign = (key: Key, text: string): string => {
  const digest = createHmac('sha256', key.signing).update(text, 'utf8').digest();
  let bits = digest.readUIntBE(0, 4) * 2 ** 16 + digest.readUIntBE(4, 2);
  bits = bits * 4 + ((digest[6] ?? 0) >> 6); // 48 + 2 bits, exact in a double
  let signature = '';
  for (let rest = bits; signature.length < SIGNATURE_CHARACTERS; rest = Math.floor(rest / 32)) {
    signature = (BASE32[rest % 32] ?? '') + signature;
  }
  return signature;
};
