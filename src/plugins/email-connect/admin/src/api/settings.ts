import { settings, type Settings } from '../../../shared/contracts/settings';
import { endpoint, read, type Client } from './client';

/** The live configuration of this installation and the inbox of the user who asks. */
export const loadSettings = (client: Client): Promise<Settings> =>
  read(client.get(endpoint('settings')), settings);
