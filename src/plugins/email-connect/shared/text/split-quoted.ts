import { isRule } from './original-marker';
import { isSignatureDelimiter, signatureStart } from './signature';
import { textParts } from './text-parts';
import type { TextPart } from './text-parts';

export interface SplitText {
  /** The writer's own words. */
  fresh: string;
  /** The rest: the quoted history with the line that introduces it, and signatures; '' for nothing. */
  quoted: string;
}

/**
 * Splits plain text into the writer's own words and the rest: the quoted history (RFC 3676 section 4.5, and as mail
 * programs introduce it in many languages) and the signature. Quotes with answers between them stay in the text; so
 * does everything if the writer added no words, as in a forwarded mail. Every line is in one of the two, in its
 * order. Time is linear in the length of the text, whatever it holds: each rule looks at a bounded number of lines.
 */
export const splitQuoted = (text: string): SplitText => {
  const lines = text.split('\n');
  const { start, end } = freshRange(lines);
  const written = signatureStart(lines, start, end);
  const fresh = lines.slice(start, written).join('\n').trimEnd();
  if (fresh === '') return { fresh: text, quoted: '' };
  const quoted = [lines.slice(0, start), lines.slice(written)]
    .map((piece) => piece.join('\n').trim())
    .filter((piece) => piece !== '');
  return quoted.length === 0 ? { fresh: text, quoted: '' } : { fresh, quoted: quoted.join('\n\n') };
};

/** The range from the writer's first line to the last. */
const freshRange = (lines: readonly string[]): { start: number; end: number } => {
  const parts = textParts(lines);
  let lastText = parts.length - 1;
  while (lastText >= 0 && !isWritten(lines, parts[lastText])) lastText -= 1;
  let start = parts[0]?.start ?? 0;
  let hasText = false;
  for (let index = 0, after = 0; index < parts.length; index = after) {
    const part = parts[index];
    after = index + 1;
    if (part?.kind === 'text') hasText = true;
    if (part?.kind !== 'introduction' && part?.kind !== 'opening') continue;
    after = afterQuote(parts, index);
    const isAnswered = after > index + 1 && lastText >= after;
    if (hasText && !isAnswered) return { start, end: part.start };
    if (hasText) continue;
    if (part.kind === 'opening' || (isAnswered && hasQuote(parts.slice(after, lastText)))) break;
    start = parts[after]?.start ?? start;
  }
  return { start, end: trailingQuoteStart(lines, parts, lastText) };
};

/** The part after an introduction and the quotes that follow it. */
const afterQuote = (parts: readonly TextPart[], index: number): number => {
  let after = index + 1;
  while (parts[after]?.kind === 'quote' || (after > index + 1 && parts[after]?.kind === 'introduction'))
    after += 1;
  return after;
};

const hasQuote = (parts: readonly TextPart[]): boolean => parts.some(({ kind }) => kind === 'quote');

/** Text that a mailing list, a scanner or a signature puts below a quote begins with a rule. */
const isWritten = (lines: readonly string[], part: TextPart | undefined): boolean => {
  const first = lines[part?.start ?? 0] ?? '';
  return part?.kind === 'text' && !isRule(first) && !isSignatureDelimiter(first);
};

/** Where the last quotes begin, which only a footer follows. Any line that ends in a colon introduces them. */
const trailingQuoteStart = (
  lines: readonly string[],
  parts: readonly TextPart[],
  lastText: number
): number => {
  const quote = parts[lastText + 1];
  if (lastText < 0 || quote?.kind !== 'quote') return lines.length;
  let start = quote.start;
  let above = start - 1;
  while (above > 0 && (lines[above] ?? '').trim() === '') above -= 1;
  if (/[:：]\s{0,20}$/.test((lines[above] ?? '').slice(-40))) start = above;
  return start;
};
