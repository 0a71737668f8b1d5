import type { ImapFlow } from 'imapflow';
import { errorText } from '../../net/foreign-error';
import { isRefusal } from './classify-imap-error';

/** imapflow asks for the ids of these capabilities with every FETCH. */
const ID_CAPABILITIES = ['OBJECTID', 'X-GM-EXT-1'];

const asked = new WeakSet<ImapFlow>();

/**
 * A proxy may announce a capability that the server behind it lacks; then every FETCH would be BAD, and every message
 * unreadable. So the first opened folder with messages is asked once for its last UID together with the ids.
 */
export const disownFalseIds = async (client: ImapFlow, exists: number): Promise<void> => {
  const announced = ID_CAPABILITIES.filter((capability) => client.capabilities.has(capability));
  if (announced.length === 0 || exists === 0 || asked.has(client)) return;
  asked.add(client);
  try {
    await client.fetchOne('*', { uid: true });
  } catch (error) {
    // A NO is about that one message, or temporary; the scan will meet it again.
    if (!isRefusal(error) || errorText(error, 'code') === 'ETHROTTLE') throw error;
    if (errorText(error, 'responseStatus') === 'NO') return;
    for (const capability of announced) client.capabilities.delete(capability);
  }
};
