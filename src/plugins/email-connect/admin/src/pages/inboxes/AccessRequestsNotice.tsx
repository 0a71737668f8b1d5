import { loadAccessRequests } from '../../api/access';
import { useEvery } from '../../hooks/use-every';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { WaitingNotice } from './WaitingNotice';

/** Managers, who answer for owners that are gone, hear no news of a question. */
const reloadMs = 60_000;

/** S42: that colleagues ask to see more of the user's mail; nothing when none does. */
export const AccessRequestsNotice = () => {
  const text = useText();
  const { value, refresh } = useLoad(loadAccessRequests);
  useEvery(reloadMs, refresh);
  useNews({ about: 'questions' }, refresh);
  if (value === null || value.requests.length === 0) return null;
  return (
    <WaitingNotice
      tone="warning"
      title={text('requests.waiting', { count: value.requests.length })}
      page="access-requests"
      open={text('requests.open')}
    />
  );
};
