import { randomBytes } from 'node:crypto';
import { documentIdFrom } from '../../../domain/identification/document-id';

/** Made here, so that rows can point at one another before they are written. */
export const newDocumentId = (): string => documentIdFrom(randomBytes(24));
