import sanitize from 'sanitize-html';
import type { Attributes, IOptions, Tag } from 'sanitize-html';
import { filterStyle } from './filter-style';
import { limitHtml } from './limit-html';

const TAGS =
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt em ' +
  'figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp section small span strike ' +
  'strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr';
/** The text inside these tags is no text of the mail: it is removed with the tag. */
const WITHOUT_TEXT =
  'script style textarea option xmp noscript noembed noframes iframe title svg math object applet template select xml';
const TABLE_ATTRIBUTES = ['border', 'cellpadding', 'cellspacing', 'frame', 'rules', 'summary'];
const CELL_ATTRIBUTES = ['colspan', 'rowspan', 'nowrap', 'scope'];
/** Classes by which a viewer folds quotes. Any other class could take the styles of the page around the mail. */
const QUOTE_CLASSES =
  'gmail_quote gmail_quote_container gmail_attr gmail_extra gmail_signature moz-cite-prefix moz-forward-container moz-signature ' +
  'yahoo_quoted protonmail_quote protonmail_signature_block tutanota_quote zmail_extra front-blockquote named_quote outlook_quote';
const OUTLOOK_QUOTE_IDS = new Set([
  'divrplyfwdmsg',
  'appendonsend',
  'olk_src_body_section',
  'mail-editor-reference-message-container',
]);

/** GMX and Spark mark quotes by a name attribute. */
const QUOTE_NAMES = new Set(['quote', 'messagereplysection']);

const LINK = /^(?:https?:\/\/|mailto:|tel:)/i;
const REMOTE = /^https?:\/\//i;
const CONTENT_ID = /^cid:[^\s"'<>]{1,998}$/i;
/** Raster images only: an SVG is a document with scripts. */
const DATA_IMAGE = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]*$/i;
const LARGEST_DATA_IMAGE = 64 * 1024;

/**
 * HTML of a mail, fit to be put into a page (S24, S37): an allow-list of tags, attributes and styles.
 *
 * - Nothing remote loads: the address of a remote image is moved from `src` to `data-src`. A viewer whose
 *   user asks for the images copies `data-src` back to `src`; no other attribute can name a remote file.
 * - `cid:` stays in `src` for the viewer to resolve (RFC 2392), and small raster `data:` images stay.
 * - Links are absolute (http, https, mailto, tel) and open apart, without a referrer.
 *
 * Input beyond 2 MB is cut and tags nested deeper than 256 are dropped first. Never throws.
 */
export const sanitizeHtml = (html: string): string => {
  // True of most mail from programs: merely setting up the parser costs as much as reading all header fields.
  if (html === '') return '';
  try {
    return sanitize(limitHtml(withoutNul(html)), OPTIONS).trim();
  } catch {
    // A document that breaks the parser is not shown as HTML; its text was made separately.
    return '';
  }
};

/** PostgreSQL refuses NUL, and old parsers end a name at it. */
const withoutNul = (html: string): string => (html.includes('\0') ? html.replaceAll('\0', '') : html);

const transformAny = (tagName: string, attributes: Attributes): Tag => {
  const { style, id, name, ...attribs } = attributes;
  const filtered = style === undefined ? '' : filterStyle(style);
  if (filtered !== '') attribs.style = filtered;
  if (name !== undefined && QUOTE_NAMES.has(name.toLowerCase())) attribs.class = 'named_quote';
  if (id !== undefined && OUTLOOK_QUOTE_IDS.has(id.toLowerCase())) attribs.class = 'outlook_quote';
  return { tagName, attribs };
};

const transformLink = (tagName: string, { href, target: _, rel: __, ...attribs }: Attributes): Tag => {
  const link = href === undefined ? '' : withoutHiddenCharacters(href);
  if (LINK.test(link))
    Object.assign(attribs, { href: link, rel: 'noopener noreferrer nofollow', target: '_blank' });
  return { tagName, attribs };
};

const transformImage = (tagName: string, { src, 'data-src': _, ...attribs }: Attributes): Tag => {
  const source = src === undefined ? '' : withoutHiddenCharacters(src);
  const address = source.startsWith('//') ? `https:${source}` : source;
  if (REMOTE.test(address)) attribs['data-src'] = address;
  else if (CONTENT_ID.test(address) || isSmallDataImage(address)) attribs.src = address;
  return { tagName, attribs };
};

/** Browsers ignore these in an address, and so in the name of its scheme: "java&#9;script:". */
const withoutHiddenCharacters = (address: string): string =>
  address.replace(/[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u2028-\u202e\ufeff]/g, '').trim();

const isSmallDataImage = (address: string): boolean =>
  address.length <= LARGEST_DATA_IMAGE && DATA_IMAGE.test(address);

const OPTIONS: IOptions = {
  allowedTags: TAGS.split(' '),
  nonTextTags: WITHOUT_TEXT.split(' '),
  allowedAttributes: {
    '*': ['style', 'dir', 'lang', 'title', 'align', 'valign', 'width', 'height', 'bgcolor'],
    a: ['href', 'rel', 'target'],
    img: ['src', 'data-src', 'alt', 'border', 'hspace', 'vspace'],
    table: TABLE_ATTRIBUTES,
    td: CELL_ATTRIBUTES,
    th: CELL_ATTRIBUTES,
    col: ['span'],
    colgroup: ['span'],
    font: ['color', 'face', 'size'],
    ol: ['start', 'type'],
    ul: ['type'],
    li: ['value'],
    blockquote: ['type'],
    details: ['open'],
  },
  allowedClasses: { '*': QUOTE_CLASSES.split(' ') },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['cid', 'data', 'http', 'https'] },
  allowedSchemesAppliedToAttributes: ['href', 'src', 'data-src'],
  allowProtocolRelative: false,
  // filterStyle does this, without a CSS parser for each attribute.
  parseStyleAttributes: false,
  transformTags: { a: transformLink, img: transformImage, '*': transformAny },
};
