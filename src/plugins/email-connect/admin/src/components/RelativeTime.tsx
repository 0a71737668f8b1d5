import { useIntl } from 'react-intl';
import { useNow } from '../hooks/use-now';
import { relativeAmount } from './relative-time';

/** "2 minutes ago", kept up to date; the exact time on hover. */
export const RelativeTime = ({ at }: { at: string }) => {
  const { formatRelativeTime, formatDate } = useIntl();
  const { amount, unit } = relativeAmount(new Date(at), useNow());
  return (
    <time dateTime={at} title={formatDate(at, { dateStyle: 'full', timeStyle: 'medium' })}>
      {formatRelativeTime(amount, unit, { numeric: 'auto' })}
    </time>
  );
};
