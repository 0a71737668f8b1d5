import { findHistory } from './find-history';

const saysSomething = (range: Range): boolean =>
  range.toString().trim() !== '' || range.cloneContents().querySelector('img') !== null;

/** The empty lines before a quote would leave a gap above the fold. */
const removeEmptyLinesBefore = (node: Node): void => {
  for (let gap = node.previousSibling; gap !== null; gap = node.previousSibling) {
    if (gap.nodeName !== 'BR' && (gap.nodeName !== '#text' || gap.textContent?.trim() !== '')) return;
    gap.remove();
  }
};

/**
 * HTML in which the quoted history at its end is folded under `label`. A quote that the author answers below it, and
 * a mail that is nothing but a quote, such as a forwarded one, stay open. Only empty lines above the fold are
 * removed.
 */
export const foldQuotes = (html: string, label: string): string => {
  // A parsed document is inert: it runs and loads nothing.
  const { body, ...page } = parse(html);
  const history = findHistory(body).find(({ first, last }) => {
    const before = page.range();
    before.setStart(body, 0);
    before.setEndBefore(first);
    const after = page.range();
    if (last === null) after.setStart(body, body.childNodes.length);
    else after.setStartAfter(last);
    after.setEnd(body, body.childNodes.length);
    return saysSomething(before) && !saysSomething(after);
  });
  if (history === undefined) return html;

  removeEmptyLinesBefore(history.first);
  const range = page.range();
  range.setStartBefore(history.first);
  range.setEnd(body, body.childNodes.length);
  const details = page.element('details');
  details.className = 'quoted-history';
  const summary = page.element('summary');
  summary.textContent = label;
  details.append(summary, range.extractContents());
  range.insertNode(details);
  return body.innerHTML;
};

const parse = (html: string) => {
  const document = new DOMParser().parseFromString(html, 'text/html');
  return {
    body: document.body,
    range: () => document.createRange(),
    element: (name: 'details' | 'summary') => document.createElement(name),
  };
};
