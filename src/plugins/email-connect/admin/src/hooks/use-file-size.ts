import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { fileSize } from './file-size';

/** Turns bytes into "1.5 MB" in the user's language. */
export const useFileSize = (): ((bytes: number) => string) => {
  const { formatNumber } = useIntl();
  return useCallback(
    (bytes) => {
      const { amount, unit } = fileSize(bytes);
      // "18 bytes": the short form of this one unit has no plural.
      const unitDisplay = unit === 'byte' ? 'long' : 'short';
      return formatNumber(amount, { style: 'unit', unit, unitDisplay, maximumFractionDigits: 1 });
    },
    [formatNumber]
  );
};
