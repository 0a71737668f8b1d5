/** By these mail programs mark what they quote; sanitising keeps them for this. */
const quotes =
  '.gmail_quote_container,.gmail_quote,.yahoo_quoted,.protonmail_quote,.moz-cite-prefix,.outlook_quote,blockquote[type="cite"]';
/** Where this one stands, everything after it is quoted. */
const quotedToTheEnd = '.outlook_quote';

const saysSomething = (range: Range): boolean =>
  range.toString().trim() !== '' || range.cloneContents().querySelector('img') !== null;

/** The empty lines that set a quote off would be a gap above the fold. */
const removeEmptyLinesBefore = (element: Element): void => {
  for (let gap = element.previousSibling; gap !== null; gap = element.previousSibling) {
    if (gap.nodeName !== 'BR' && (gap.nodeName !== '#text' || gap.textContent?.trim() !== '')) return;
    gap.remove();
  }
};

const lastOf = (first: Element): Element => {
  if (first.matches(quotedToTheEnd)) return first.parentElement?.lastElementChild ?? first;
  let last = first;
  for (
    let next = last.nextElementSibling;
    next?.matches(`${quotes},blockquote`);
    next = last.nextElementSibling
  )
    last = next;
  return last;
};

/**
 * HTML in which the quoted history at its end is folded under `label`. A quote that the writer answers below, and a
 * mail that is nothing but a quote, as a forwarded one, stay open.
 */
export const foldQuotes = (html: string, label: string): string => {
  // A parsed document is inert: nothing in it is run or loaded.
  const { body, ...page } = parse(html);
  const first = body.querySelector(quotes);
  if (first === null) return html;
  const last = lastOf(first);
  const before = page.range();
  before.setStart(body, 0);
  before.setEndBefore(first);
  const after = page.range();
  after.setStartAfter(last);
  after.setEnd(body, body.childNodes.length);
  if (!saysSomething(before) || saysSomething(after)) return html;

  removeEmptyLinesBefore(first);
  const history = page.range();
  history.setStartBefore(first);
  history.setEndAfter(last);
  const details = page.element('details');
  details.className = 'quoted-history';
  const summary = page.element('summary');
  summary.textContent = label;
  details.append(summary, history.extractContents());
  history.insertNode(details);
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
