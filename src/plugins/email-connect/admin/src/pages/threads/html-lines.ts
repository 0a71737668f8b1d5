const BREAKS = new Set(
  (
    'ADDRESS ARTICLE ASIDE BLOCKQUOTE BR CAPTION CENTER DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN ' +
    'OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'
  ).split(' ')
);

/** One line as a reader sees it, before it is wrapped. */
export interface HtmlLine {
  text: string;
  /** The text node that it begins with. */
  start: Node;
}

/** The lines of HTML with text in them, in order: blocks and line breaks separate them, as in a browser. */
export const htmlLines = (root: Node): HtmlLine[] => {
  const lines: HtmlLine[] = [];
  let line: HtmlLine | null = null;
  const end = () => {
    if (line !== null) lines.push({ ...line, text: line.text.trim() });
    line = null;
  };
  const walk = (node: Node) => {
    if (node.nodeName === '#text') {
      const text = (node.textContent ?? '').replace(/\s+/g, ' ');
      if (line !== null) line.text += text;
      else if (text.trim() !== '') line = { text, start: node };
      return;
    }
    const isBreak = BREAKS.has(node.nodeName);
    if (isBreak) end();
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child);
    if (isBreak) end();
  };
  walk(root);
  end();
  return lines;
};
