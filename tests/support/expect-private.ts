import { z } from 'zod';
import type { Dovecot } from './dovecot';
import type { Scene } from './scene';
import { countRows, rowsOf } from './scene-database';
import { readTranscript } from './transcript';
import type { Fetch } from './transcript';

/** How our own client names itself (RFC 2971); the mail programs of tests do not. */
const OURS = /"Email Connect"/;
const WRITES = /STORE|EXPUNGE|MOVE|COPY|SELECT|CREATE|DELETE|RENAME$/;
const WHOLE_MESSAGE = /BODY(?:\.PEEK)?\[\]|RFC822(?![.A-Z])/;

const location = z.object({ folderPath: z.string(), imapUid: z.number() });

/**
 * What must hold whatever a suite did (S12, S13, S19): over all sessions of Email Connect, the server was asked to change
 * nothing, and every message whose body was read is recorded. Throws with what was asked. `scene`: its Strapi still
 * runs. Where something was removed for good its places are gone too, and bodies cannot be told apart any more.
 */
export const expectPrivate = async (dovecot: Dovecot, user: string, scene: Scene): Promise<void> => {
  const sessions = (await dovecot.sessions(user)).filter((session) => OURS.test(session)).map(readTranscript);
  if (sessions.length === 0) throw new Error('Dovecot wrote down no session of Email Connect.');
  const writes = sessions.flatMap(({ commands }) => commands).filter((name) => WRITES.test(name));
  if (writes.length > 0) throw new Error(`S13: the mailbox was written to: ${writes.join(', ')}.`);
  if (countRows(scene, 'email_connect_tombstones') > 0) return;
  const recorded = new Set(
    rowsOf(
      scene,
      location,
      'select folder_path as folderPath, imap_uid as imapUid from email_connect_locations'
    ).map(placeOf)
  );
  const read = sessions.flatMap(({ fetches }) => fetches).filter(({ items }) => WHOLE_MESSAGE.test(items));
  const foreign = read.filter((fetch) => !placesOf(fetch).every((place) => recorded.has(place)));
  if (foreign.length > 0)
    throw new Error(`S19: bodies of unlogged mail were read: ${JSON.stringify(foreign)}.`);
};

const placeOf = ({ folderPath, imapUid }: z.infer<typeof location>): string => `${folderPath} ${imapUid}`;
const placesOf = ({ folderPath, imapUids }: Fetch): string[] =>
  imapUids.map((imapUid) => placeOf({ folderPath, imapUid }));
