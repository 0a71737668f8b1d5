import { useIntl } from 'react-intl';
import { useNow } from '../../hooks/use-now';
import { useText } from '../../hooks/use-text';
import { relativeAmount } from './relative-time';

interface RelativeTimeProps {
  at: string;
  /** true: a time in the future. */
  isPlanned?: boolean;
}

/** "2 minutes ago", kept up to date; the exact time on hover. */
export const RelativeTime = ({ at, isPlanned = false }: RelativeTimeProps) => {
  const { formatRelativeTime, formatDate } = useIntl();
  const text = useText();
  const { amount, unit } = relativeAmount(new Date(at), useNow());
  // A past time may be ahead of the page's clock, which is only renewed now and then.
  const isNow = amount === 0 || (!isPlanned && amount > 0);
  return (
    <time dateTime={at} title={formatDate(at, { dateStyle: 'full', timeStyle: 'medium' })}>
      {isNow
        ? text(isPlanned ? 'time.any-moment' : 'time.just-now')
        : formatRelativeTime(amount, unit, { numeric: 'auto' })}
    </time>
  );
};
