import { normalizeAddress } from '../address/address';
import type { Inbox } from '../inbox/inbox';

/** The address and login that a mail is composed for: with any other, it would come from somebody else. */
export const composedFor = ({ address, smtp }: Pick<Inbox, 'address' | 'smtp'>): string =>
  `${normalizeAddress(address)} ${smtp.username}`;

/** Mail of version 0.1.0 does not record its address and login. */
export const isComposedFor = (written: string, inbox: Pick<Inbox, 'address' | 'smtp'>): boolean =>
  written === '' || written === composedFor(inbox);
