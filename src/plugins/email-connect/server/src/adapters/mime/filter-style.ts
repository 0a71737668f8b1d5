const LONGEST_STYLE = 2000;

/**
 * Properties that may change a box in the flow of the text; none that moves it out (position, float, z-index,
 * transform).
 */
const ALLOWED = new Set(
  (
    'color background-color font font-family font-size font-style font-weight line-height letter-spacing text-align text-decoration ' +
    'text-indent text-transform vertical-align white-space word-break word-wrap overflow-wrap direction list-style-type display ' +
    'width max-width min-width height max-height border-collapse border-spacing border-radius border-color border-style border-width ' +
    'border border-top border-right border-bottom border-left border-top-width border-right-width border-bottom-width border-left-width ' +
    'border-top-style border-right-style border-bottom-style border-left-style border-top-color border-right-color border-bottom-color ' +
    'border-left-color padding padding-top padding-right padding-bottom padding-left margin margin-top margin-right margin-bottom margin-left'
  ).split(' ')
);

/** Words, numbers, quoted font names and rgb(): no url(), expression(), var(), escape or comment can be written with it. */
const PLAIN_VALUE = /^(?:[\w\s.,%#!+-]|"[\w\s.,-]*"|'[\w\s.,-]*'|\/(?!\*)|(?<![\w-])rgba?\([\d\s.,%]*\))+$/;
const NEGATIVE = /(?:^|\s)-/;

/**
 * The harmless declarations of a style attribute; '' when there are none. Negative margins would put a box over its
 * neighbours.
 */
export const filterStyle = (style: string): string => {
  if (style.length > LONGEST_STYLE) return '';
  return style.split(';').flatMap(readDeclaration).join(';');
};

const readDeclaration = (declaration: string): string[] => {
  const colon = declaration.indexOf(':');
  const property = declaration.slice(0, Math.max(colon, 0)).trim().toLowerCase();
  const value = declaration.slice(colon + 1).trim();
  if (!ALLOWED.has(property) || !PLAIN_VALUE.test(value)) return [];
  return property.startsWith('margin') && NEGATIVE.test(value) ? [] : [`${property}:${value}`];
};
