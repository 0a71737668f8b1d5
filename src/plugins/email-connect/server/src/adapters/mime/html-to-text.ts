import { convert } from 'html-to-text';
import { limitHtml } from './limit-html';

/**
 * HTML as the plain text that a person would write: link addresses after their words, no images, no markup. Never
 * throws.
 */
export const htmlToText = (html: string): string => {
  if (html.trim() === '') return '';
  try {
    const limited = limitHtml(html.slice(0, LONGEST), DEEPEST);
    // An unclosed <title> contains the whole mail; in a mail of pictures their alternative texts are used.
    return [OPTIONS, WITH_TITLE, WITH_IMAGES].reduce(
      (text, options) => text || convert(limited, options).trim(),
      ''
    );
  } catch {
    return withoutTags(html);
  }
};

/** Lists are indented by their depth: a greater depth would turn 1 MB of HTML into 50 MB of spaces. */
const DEEPEST = 64;
const LONGEST = 1024 * 1024;

/**
 * A program that shows the text may make its addresses clickable again, so `javascript:` is removed (S37); `data:` is
 * a whole file. Browsers ignore white space in a scheme. An address without a scheme stays: it is a mail address.
 */
const isForPeople = (address: string): boolean => {
  const [scheme] = /^[a-z][a-z0-9+.-]*:/i.exec(address.replace(/[\s\p{Cc}]/gu, '')) ?? [];
  return scheme === undefined || /^(https?|ftp|tel):$/i.test(scheme);
};

const SELECTORS = [
  {
    selector: 'a',
    options: {
      hideLinkHrefIfSameAsText: true,
      ignoreHref: false,
      noAnchorUrl: true,
      linkBrackets: ['<', '>'] as [string, string],
      pathRewrite: (path: string) => (isForPeople(path) ? path : ''),
    },
  },
  { selector: 'img', format: 'skip' },
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
];
const WITH_TITLE = {
  wordwrap: false as const,
  limits: { maxDepth: 512, maxChildNodes: 500_000, ellipsis: '…' },
  selectors: SELECTORS,
};
const OPTIONS = { ...WITH_TITLE, selectors: [...SELECTORS, { selector: 'title', format: 'skip' }] };
const WITH_IMAGES = {
  ...WITH_TITLE,
  selectors: [
    ...SELECTORS.filter(({ selector }) => selector !== 'img'),
    { selector: 'img', options: { pathRewrite: () => '' } },
  ],
};

const withoutTags = (html: string): string =>
  limitHtml(html.slice(0, LONGEST), DEEPEST)
    .replace(/<[^<>]*>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
