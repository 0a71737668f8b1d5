import type { ThreadAccess } from '../../../../shared/contracts/access';

/** null: there is nothing to ask for. */
export const askState = ({
  tellsAll,
  asked,
}: Pick<ThreadAccess, 'tellsAll' | 'asked'>): 'can-ask' | 'open' | 'refused' | null => {
  if (tellsAll) return null;
  // What was granted was made stricter since.
  return asked === null || asked === 'granted' ? 'can-ask' : asked;
};
