import { PLUGIN_ID } from '../plugin-id';

/** The Content Manager looks for a field's label under this name; without it, it shows the name of the attribute. */
const fieldLabel = /^contact-field\.(.+)$/;

const idOf = (key: string): string => {
  const [, field] = fieldLabel.exec(key) ?? [];
  return field === undefined
    ? `${PLUGIN_ID}.${key}`
    : `content-manager.content-types.plugin::${PLUGIN_ID}.contact.${field}`;
};

const withPrefix = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [idOf(key), text]));

const translations: Record<string, () => Promise<{ default: Record<string, string> }>> = {
  de: () => import('./de.json'),
  en: () => import('./en.json'),
};

/** The texts of one locale under this plugin's prefix; none for a locale without translation. */
export const loadTranslations = async (
  locale: string
): Promise<{ data: Record<string, string>; locale: string }> => {
  const load = translations[locale];
  return { locale, data: load === undefined ? {} : withPrefix((await load()).default) };
};
