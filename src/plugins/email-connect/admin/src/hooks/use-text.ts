import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { PLUGIN_ID } from '../plugin-id';
import en from '../translations/en.json';

/** A key of translations/en.json, without the plugin's prefix. */
export type TextKey = keyof typeof en;
export type TextValues = Record<string, string | number>;
export type Text = (key: TextKey, values?: TextValues) => string;

/** Whether there is a text for a key that was made at run time, e.g. from an error code. */
export const isTextKey = (key: string): key is TextKey => key in en;

/** Texts in the user's language; English where a translation is missing. */
export const useText = (): Text => {
  const { formatMessage } = useIntl();
  return useCallback(
    (key, values) => formatMessage({ id: `${PLUGIN_ID}.${key}`, defaultMessage: en[key] }, values),
    [formatMessage]
  );
};
