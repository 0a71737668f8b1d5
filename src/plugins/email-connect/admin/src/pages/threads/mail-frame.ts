/**
 * The document of a sandboxed frame for a mail's HTML (S24). The policy stands before the mail's content, so that it
 * applies to all of it: no script, no remote image, font or style. `base` opens links in a new tab; a frame must not
 * navigate itself to a page that looks like part of the admin.
 */
export const mailFrameDocument = (html: string): string =>
  [
    '<!doctype html><html><head><meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="',
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'",
    '">',
    '<meta name="referrer" content="no-referrer"><base target="_blank">',
    `<style>${style}</style></head><body>`,
    html,
    '</body></html>',
  ].join('');

const style = [
  'html{background:#fff;color:#32324d}',
  'body{display:flow-root;margin:0;font:14px/1.5 Roboto,"Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}',
  'body>:first-child{margin-top:0}',
  'img,table{max-width:100%}',
  'img:not([src^="data:"]){display:none}',
  'blockquote{margin:8px 0;padding-left:12px;border-left:2px solid #dcdce4;color:#666687}',
  '.quoted-history{margin-top:12px}',
  '.quoted-history>summary{width:max-content;padding:1px 8px;border-radius:4px;background:#eaeaef;',
  'color:#4a4a6a;font-size:12px;cursor:pointer;list-style:none}',
].join('');

const lineHeightPx = 21;
const charactersALine = 90;
const shortestFramePx = 42;
const tallestGuessPx = 420;

const heightOfText = (text: string): number =>
  text
    .trim()
    .split('\n')
    .reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / charactersALine)), 0) * lineHeightPx;

/** The initial height of a frame, guessed from the mail's text, so that little jumps once it is measured. */
export const guessFrameHeightPx = (text: string): number =>
  Math.min(tallestGuessPx, Math.max(shortestFramePx, heightOfText(text)));

/** Whether HTML is only paragraphs and line breaks, so that the text alone shows all of it. */
export const isPlainHtml = (html: string): boolean =>
  !/<[a-z!/]/i.test(html.replace(/<\/?(?:p|br|div)(?:\s+(?:dir|class|id)="[^"]*")*\s*\/?>/gi, ''));

/** Whether HTML names images on other servers, which are not loaded (S24). */
export const hasRemoteImages = (html: string): boolean =>
  /<img\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?\/\//i.test(html);
