import { shortHash } from '../base/hashes';

export const addressHash = (normalisedAddress: string): string => shortHash(normalisedAddress);
