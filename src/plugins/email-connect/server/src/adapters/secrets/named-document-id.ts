import { createHmac } from 'node:crypto';
import { documentIdFrom } from '../../domain/identification/document-id';
import type { Key } from './keyring';

/** HMAC-SHA256 as a documentId: no two collide by chance, and nobody can predict one without the key. */
export const documentIdOf = ({ naming }: Key, text: string): string =>
  documentIdFrom(createHmac('sha256', naming).update(text, 'utf8').digest());
