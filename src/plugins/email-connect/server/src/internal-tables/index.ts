import { folderCursor, lease, oauthState, secret } from './inboxes';
import {
  addressIndex,
  audit,
  contactLink,
  idIndex,
  location,
  outbox,
  participant,
  quarantine,
  tombstone,
} from './messages';

/** To be added to Strapi's models in `register()`: later is too late. */
export const internalTables = [
  secret,
  oauthState,
  folderCursor,
  lease,
  location,
  idIndex,
  participant,
  addressIndex,
  contactLink,
  outbox,
  quarantine,
  tombstone,
  audit,
];
