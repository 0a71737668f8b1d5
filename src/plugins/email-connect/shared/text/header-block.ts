import { readHeaderLine } from './header-names';
import type { HeaderKind } from './header-names';

const LONGEST_BLOCK = 24;
/** A long list of recipients is folded, and text made from HTML may have an empty line after each field. */
const LARGEST_GAP = 3;
const FEWEST_KINDS = 3;

/**
 * How many lines from `at` on are the header fields of another message, as Outlook and others put them above a quote;
 * 0 for none. Three different fields are needed, and a subject, an address or a rule drawn above: "From: Berlin" may
 * be a journey.
 */
export const headerBlockLength = (lines: readonly string[], at: number, isBelowRule = false): number => {
  const seen = new Set<HeaderKind>();
  let isFromAddress = false;
  let end = at;
  for (
    let next = at;
    next < Math.min(lines.length, at + LONGEST_BLOCK) && next - end <= LARGEST_GAP;
    next += 1
  ) {
    const field = readHeaderLine(lines[next] ?? '');
    if (field === null) {
      if (next === at) return 0;
      continue;
    }
    if (field.kind !== 'other' && seen.has(field.kind)) break;
    seen.add(field.kind);
    if (field.kind === 'from' && field.value.includes('@')) isFromAddress = true;
    end = next + 1;
  }
  const isOfMail = seen.has('from') && (seen.has('subject') || isFromAddress || isBelowRule);
  return isOfMail && seen.size >= FEWEST_KINDS ? end - at : 0;
};
