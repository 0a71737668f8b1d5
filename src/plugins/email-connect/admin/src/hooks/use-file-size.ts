import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { fileSize } from './file-size';

/** Turns bytes into "1.5 MB" in the user's language. */
export const useFileSize = (): ((bytes: number) => string) => {
  const { formatNumber } = useIntl();
  return useCallback(
    (bytes) => {
      const { amount, unit } = fileSize(bytes);
      return formatNumber(amount, { style: 'unit', unit, maximumFractionDigits: 1 });
    },
    [formatNumber]
  );
};
