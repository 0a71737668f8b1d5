import { useIntl } from 'react-intl';

/** Date and time in the user's language, to the minute. */
export const FullTime = ({ at }: { at: string }) => {
  const { formatDate } = useIntl();
  return <time dateTime={at}>{formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>;
};
