import { backfill, folderCursor, lease, news, oauthState, request, secret } from './inboxes';
import {
  addressIndex,
  audit,
  contactLink,
  idIndex,
  location,
  outbox,
  participant,
  pausedContact,
  press,
  quarantine,
  suggestion,
  tombstone,
} from './mail';

/** Added to Strapi's models in `register()`: later is too late. */
export const internalTables = [
  secret,
  oauthState,
  folderCursor,
  lease,
  backfill,
  request,
  news,
  location,
  idIndex,
  participant,
  addressIndex,
  contactLink,
  outbox,
  press,
  quarantine,
  suggestion,
  pausedContact,
  tombstone,
  audit,
];
