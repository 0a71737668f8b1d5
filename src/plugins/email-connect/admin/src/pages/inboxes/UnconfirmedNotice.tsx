import type { Client } from '../../api/client';
import { loadUnconfirmed } from '../../api/contacts';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { WaitingNotice } from './WaitingNotice';

const loadCount = (client: Client) => loadUnconfirmed(client, { start: 0, limit: 1 });

/** S41: that addresses wait to be confirmed; nothing when none does. */
export const UnconfirmedNotice = () => {
  const text = useText();
  const { value } = useLoad(loadCount);
  if (value === null || value.total === 0) return null;
  return (
    <WaitingNotice
      tone="warning"
      title={text('addresses.waiting', { count: value.total })}
      page="addresses"
      open={text('addresses.open')}
    />
  );
};
