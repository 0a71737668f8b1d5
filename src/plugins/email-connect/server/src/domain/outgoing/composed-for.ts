import { normalizeAddress } from '../address/address';
import type { Inbox } from '../inbox/inbox';

/** Address and login that a mail is composed for: under any other it would come from somebody else. */
export const composedFor = ({ address, smtp }: Pick<Inbox, 'address' | 'smtp'>): string =>
  `${normalizeAddress(address)} ${smtp.username}`;

/** Mail of 0.1.0 does not say what it was composed for. */
export const isComposedFor = (written: string, inbox: Pick<Inbox, 'address' | 'smtp'>): boolean =>
  written === '' || written === composedFor(inbox);
