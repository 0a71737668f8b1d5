import { headerBlockLength } from './header-block';
import { introductionAt, isBareIntroduction } from './introduction';
import { isOriginalMarker, isRule } from './original-marker';

/**
 * `opening`: header fields of another message or a line that announces it whole; `introduction`: "Ann wrote:". Empty
 * lines between two parts belong to the first.
 */
export interface TextPart {
  kind: 'text' | 'quote' | 'introduction' | 'opening';
  /** Line numbers from 0; `end` is the first line after the part. */
  start: number;
  end: number;
}

const isEmpty = (line: string): boolean => line.trim() === '';
const isQuote = (line: string): boolean => line.trimStart().startsWith('>');
/** Some programs quote with a bar; tables are drawn with it too, so it counts only below an introduction. */
const isBar = (line: string): boolean => line.startsWith('|');

const nextFilled = (lines: readonly string[], from: number): number => {
  let next = from;
  while (next < lines.length && isEmpty(lines[next] ?? '')) next += 1;
  return next;
};

/**
 * The part that begins at a line which is not empty. Looks at a few lines after it, never beyond the next line with
 * text.
 */
const partAt = (lines: readonly string[], at: number, before: TextPart | undefined): TextPart => {
  const line = lines[at] ?? '';
  const part = (kind: TextPart['kind'], length: number): TextPart => ({
    kind,
    start: at,
    end: nextFilled(lines, at + length),
  });
  if (isQuote(line)) return part('quote', 1);
  const isBelow = before?.kind === 'introduction' || (before?.kind === 'quote' && isBar(lines[at - 1] ?? ''));
  if (isBelow && isBar(line)) return part('quote', 1);
  if (isOriginalMarker(line)) return part('opening', 1);
  const rule = isRule(line) ? 1 : 0;
  const block = headerBlockLength(lines, rule === 0 ? at : nextFilled(lines, at + 1), rule === 1);
  if (block > 0) return part('opening', rule === 0 ? block : nextFilled(lines, at + 1) - at + block);
  const introduction = introductionAt(lines, at);
  if (introduction !== null) {
    const found = part('introduction', introduction.length);
    if (introduction.isCertain || startsQuote(lines, found.end)) return found;
  }
  if (isBareIntroduction(line) && startsQuote(lines, nextFilled(lines, at + 1)))
    return part('introduction', 1);
  return part('text', 1);
};

const startsQuote = (lines: readonly string[], at: number): boolean =>
  isQuote(lines[at] ?? '') || isBar(lines[at] ?? '');

/**
 * The parts of the lines, in order, without gaps except empty lines at the beginning. Linear in the number of lines.
 */
export const textParts = (lines: readonly string[]): TextPart[] => {
  const parts: TextPart[] = [];
  for (let at = nextFilled(lines, 0); at < lines.length;) {
    const last = parts.at(-1);
    const part = partAt(lines, at, last);
    if (last?.kind === part.kind && (part.kind === 'text' || part.kind === 'quote')) last.end = part.end;
    else parts.push(part);
    at = part.end;
  }
  return parts;
};
