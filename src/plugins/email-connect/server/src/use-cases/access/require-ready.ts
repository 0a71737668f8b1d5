import { EmailConnectError } from '../../domain/errors';
import type { Ports } from '../../ports';

/** STILL_UPDATING: a level would not hold yet for mail of an earlier version. */
export const requireReady = async ({ levels }: Pick<Ports, 'levels'>): Promise<void> => {
  if (await levels.isReady()) return;
  throw new EmailConnectError(
    'STILL_UPDATING',
    'Email Connect is still going through earlier mail after an update.',
    'Try again in some minutes.'
  );
};
