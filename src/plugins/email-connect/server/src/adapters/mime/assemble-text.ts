import type { CollectedText } from './collect-text';
import { htmlToText } from './html-to-text';

/**
 * The text parts as one text and one HTML (RFC 2046 5.1.3, 5.1.4). Inside one multipart/alternative the plain and the
 * HTML part say the same, so each goes to its own side; a text part outside of one goes to both sides. `html` is ''
 * when no HTML was sent, and unsafe until it is sanitised.
 */
export const assembleText = (parts: readonly CollectedText[]): { text: string; html: string } => {
  const hasHtml = parts.some(({ kind }) => kind === 'html');
  const text = parts.flatMap((part) => {
    if (part.kind === 'plain') return [part.text];
    return hasOther(parts, part) ? [] : [htmlToText(part.text)];
  });
  const html = parts.flatMap((part) => {
    if (part.kind === 'html') return [part.text];
    return hasHtml && !hasOther(parts, part) ? [textToHtml(part.text)] : [];
  });
  return { text: joined(text, '\n\n'), html: hasHtml ? joined(html, '\n') : '' };
};

/** Whether the multipart/alternative that holds this part also has the other form, and that form is not empty. */
const hasOther = (parts: readonly CollectedText[], part: CollectedText): boolean => {
  const alternative = part.ancestors.find(({ multipart }) => multipart === 'alternative');
  if (!alternative) return false;
  return parts.some(
    ({ kind, text, ancestors }) => kind !== part.kind && text.trim() !== '' && ancestors.includes(alternative)
  );
};

const joined = (parts: readonly string[], separator: string): string => {
  const filled = parts.filter((part) => part.trim() !== '');
  return filled.length > 0 ? filled.join(separator) : (parts[0] ?? '');
};

const textToHtml = (text: string): string =>
  text.trim() === '' ? '' : `<div style="white-space:pre-wrap">${escapeHtml(text)}</div>`;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
