import { headerBlockLength } from '../../../../shared/text/header-block';
import { introductionAt } from '../../../../shared/text/introduction';
import { isOriginalMarker } from '../../../../shared/text/original-marker';
import { htmlLines } from './html-lines';

/** Marks that mail programs put on quotes; sanitising keeps them for this. */
const marked =
  '.gmail_quote_container,.gmail_quote,.yahoo_quoted,.protonmail_quote,.moz-cite-prefix,.tutanota_quote,.zmail_extra,' +
  '.front-blockquote,.named_quote,.outlook_quote,blockquote[type="cite"]';
/** After this mark everything to the end is quoted. */
const markedToTheEnd = '.outlook_quote';

/** Inline answers may split a quote into many; the first ones are enough. */
const mostPlaces = 50;
const longestIntroduction = 3;

/** Where history may begin and end: nodes before and after which a range is set. */
export interface HistoryPlace {
  first: Node;
  /** null: at the end of the mail. */
  last: Node | null;
}

/**
 * The quoted history in a mail, in its order: what its program marked as quoted, a bare quote below a line that
 * introduces it ("On Monday, Ann wrote:"), and the header fields or the marker of another message, as Outlook puts
 * them.
 */
export const findHistory = (body: HTMLElement): HistoryPlace[] => {
  const lines = htmlLines(body);
  const texts = lines.map(({ text }) => text);

  /** The node that introduces a quote which begins at a line; null when there is none. */
  const introductionBefore = (line: number): Node | null => {
    for (let length = 1; length <= longestIntroduction; length += 1)
      if (introductionAt(texts, line - length)?.length === length) return lines[line - length]?.start ?? null;
    return null;
  };
  const quoted = [...body.querySelectorAll(`${marked},blockquote`)]
    .filter((element) => element.parentElement?.closest(`${marked},blockquote`) === null)
    .slice(0, mostPlaces)
    .flatMap((element): HistoryPlace[] => {
      const line = lines.findIndex(({ start }) => element.contains(start));
      const introduction = line < 0 ? null : introductionBefore(line);
      if (introduction === null && !element.matches(marked)) return [];
      return [{ first: introduction ?? element, last: lastOf(element) }];
    });
  const opening = lines.findIndex(
    ({ text, start }, line) =>
      // Inside of a quote it is older history, and an answer may follow below that quote.
      !isWithin(start, `${marked},blockquote`) &&
      (isOriginalMarker(text) || headerBlockLength(texts, line, isWithin(start, belowRule)) > 0)
  );
  const opened = lines[opening]?.start;
  const places = opened === undefined ? quoted : [...quoted, { first: opened, last: null }];
  return places
    .sort((a, b) => (isBefore(a.first, b.first) ? -1 : 1))
    .map((place) => ({ ...place, first: widened(place.first, body) }));
};

/** Outlook draws a rule as the border of a block. */
const belowRule = '[style*="border-top"]';

const isWithin = (node: Node, selector: string): boolean => {
  const element = node.parentElement?.closest(selector);
  return element !== null && element !== undefined;
};

const isBefore = (a: Node, b: Node): boolean =>
  (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

const lastOf = (first: Element): Node | null => {
  if (first.matches(markedToTheEnd)) return null;
  let last = first;
  for (
    let next = last.nextElementSibling;
    next?.matches(`${marked},blockquote`);
    next = last.nextElementSibling
  )
    last = next;
  return last;
};

const isEmpty = (node: Node): boolean =>
  node.textContent?.trim() === '' &&
  node.nodeName !== 'IMG' &&
  !(node instanceof Element && node.querySelector('img') !== null);

/** The outermost node that begins with this node, and the rule above it. */
const widened = (node: Node, body: Node): Node => {
  let first = node;
  for (;;) {
    let before = first.previousSibling;
    let rule: Node | null = null;
    while (before !== null && isEmpty(before)) {
      if (hasRule(before)) rule = before;
      before = before.previousSibling;
    }
    if (before !== null || first.parentNode === body || first.parentNode === null) return rule ?? first;
    first = first.parentNode;
  }
};

const hasRule = (node: Node): boolean =>
  node.nodeName === 'HR' || (node instanceof Element && node.querySelector('hr') !== null);
