const MOST_CHARACTERS = 2 * 1024 * 1024;
const DEEPEST = 256;

const WITHOUT_CONTENT = new Set([
  'area',
  'base',
  'br',
  'col',
  'embed',
  'hr',
  'img',
  'input',
  'link',
  'meta',
  'param',
  'source',
  'track',
  'wbr',
]);
/** Elements that their next sibling closes, so that a row of them is not nested (HTML 13.1.2.4). */
const CLOSED_BY_SIBLING = new Set([
  'p',
  'li',
  'dt',
  'dd',
  'option',
  'optgroup',
  'tr',
  'td',
  'th',
  'thead',
  'tbody',
  'tfoot',
  'rt',
  'rp',
]);
const TAG_OR_COMMENT = /<!--|<(\/?)([a-zA-Z][^\s/>]*)/g;

/**
 * HTML that a tree builder can take: at most 2 MB, and no element below `deepest` others. The tags beyond
 * that depth are left out, their text stays. Linear, because the parsers are not: 100,000 nested <div>
 * cost them seconds (c56).
 */
export const limitHtml = (html: string, deepest = DEEPEST): string =>
  withoutDeepTags(html.length > MOST_CHARACTERS ? html.slice(0, MOST_CHARACTERS) : html, deepest);

const withoutDeepTags = (html: string, deepest: number): string => {
  const depth = createDepth(deepest);
  const kept: string[] = [];
  let keptUpTo = 0;
  const tags = new RegExp(TAG_OR_COMMENT);
  for (let tag = tags.exec(html); tag; tag = tags.exec(html)) {
    const isComment = tag[2] === undefined;
    const end = html.indexOf(isComment ? '-->' : '>', tags.lastIndex);
    if (end < 0) break;
    tags.lastIndex = end;
    if (isComment || depth.allows((tag[2] ?? '').toLowerCase(), tag[1] === '/')) continue;
    kept.push(html.slice(keptUpTo, tag.index));
    keptUpTo = end + 1;
  }
  return keptUpTo === 0 ? html : kept.join('') + html.slice(keptUpTo);
};

/** Follows which elements are open, as a browser would, and tells whether the next tag is within the depth. */
const createDepth = (deepest: number): { allows(name: string, isClosing: boolean): boolean } => {
  const open: string[] = [];
  let beyond = 0;
  return {
    allows: (name, isClosing) => {
      if (WITHOUT_CONTENT.has(name) || CLOSED_BY_SIBLING.has(name)) return true;
      if (isClosing && beyond === 0) {
        const at = open.lastIndexOf(name);
        if (at >= 0) open.length = at;
        return true;
      }
      if (!isClosing && open.length < deepest) return open.push(name) > 0;
      beyond += isClosing ? -1 : 1;
      return false;
    },
  };
};
