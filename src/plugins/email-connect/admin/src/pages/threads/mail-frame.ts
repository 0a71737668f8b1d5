/**
 * The document of a sandboxed frame for a mail's HTML (S24). The policy stands before anything of
 * the mail, so that nothing in it is loaded without having passed it: no script, no remote image,
 * font or style. `base` lets links open in a tab of their own; a frame may not navigate itself away
 * to a page that looks like part of the admin.
 */
export const mailFrameDocument = (html: string): string =>
  [
    '<!doctype html><html><head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: cid:",
    '">',
    '<meta name="referrer" content="no-referrer"><base target="_blank">',
    '<style>html{background:#fff;color:#212134}body{margin:12px;font:14px/1.5 system-ui,sans-serif;',
    'overflow-wrap:anywhere}img,table{max-width:100%}blockquote{margin:8px 0;padding-left:12px;',
    'border-left:2px solid #dcdce4;color:#666687}img:not([src^="data:"]){display:none}</style></head><body>',
    html,
    '</body></html>',
  ].join('');

const lineHeightPx = 21;
const charactersALine = 90;
const marginPx = 40;

/** Limits of a frame that was not expanded. */
export const shortestFramePx = 96;
export const tallestFramePx = 420;

const heightOfText = (text: string): number =>
  text
    .trim()
    .split('\n')
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / charactersALine)), 0) *
    lineHeightPx +
  marginPx;

/**
 * The height of a frame, from the mail's text: without scripts and without its origin nobody can
 * measure the frame itself, and it gets neither.
 */
export const frameHeightPx = (text: string): number =>
  Math.min(tallestFramePx, Math.max(shortestFramePx, heightOfText(text)));

/** Whether the frame may hide a part: long text, or much layout around little text. */
export const mayBeCut = (text: string, html: string): boolean =>
  heightOfText(text) > tallestFramePx || html.length > 4 * text.length + 2_000;

/** Whether HTML is paragraphs and line breaks only, so that the text alone shows all of it. */
export const isPlainHtml = (html: string): boolean =>
  !/<[a-z!/]/i.test(html.replace(/<\/?(?:p|br|div)(?:\s+(?:dir|class|id)="[^"]*")*\s*\/?>/gi, ''));

/** Whether HTML names images on other servers, which are not loaded (S24). */
export const hasRemoteImages = (html: string): boolean =>
  /<img\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?\/\//i.test(html);
