/**
 * Whether read-only and full-access API tokens of the site read mail. Such a token was made for the site's content, and
 * may be older than its mail. `undecided`: they do, because they did when the site was updated, and nobody has said yet.
 */
export type SiteTokens = 'on' | 'off' | 'undecided';

/** `said`: the setting; undefined: the site has not said. `readBefore`: mail was logged while every such token read it. */
export const siteTokens = (said: boolean | undefined, readBefore: boolean): SiteTokens => {
  if (said !== undefined) return said ? 'on' : 'off';
  return readBefore ? 'undecided' : 'off';
};
