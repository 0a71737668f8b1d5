import type { Client } from '../../api/client';
import { loadUnassigned } from '../../api/leaving';
import { useLoad } from '../../hooks/use-load';
import { useText } from '../../hooks/use-text';
import { WaitingNotice } from './WaitingNotice';

const loadCount = (client: Client) => loadUnassigned(client, { start: 0, limit: 1 });

/** S45: that there is mail without a contact; nothing when there is none. */
export const UnassignedNotice = () => {
  const text = useText();
  const { value } = useLoad(loadCount);
  if (value === null || value.total === 0) return null;
  return (
    <WaitingNotice
      tone="neutral"
      title={text('unassigned.count', { count: value.total })}
      page="unassigned"
      open={text('unassigned.open')}
    />
  );
};
