const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** Up to white space or a quote; punctuation at the end belongs to the sentence. */
const webAddress = /(https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]])/;

const linked = (line: string): string =>
  line
    .split(webAddress)
    .map((part, index) => (index % 2 === 1 ? `<a href="${escape(part)}">${escape(part)}</a>` : escape(part)))
    .join('');

/** Paragraphs of HTML for plain text: empty lines separate paragraphs, web addresses become links. */
export const htmlFromText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/^\n|\n$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${paragraph.split('\n').map(linked).join('<br>')}</p>`)
    .join('\n');
