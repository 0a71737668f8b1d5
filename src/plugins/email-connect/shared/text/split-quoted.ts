export interface SplitText {
  /** What the writer wrote. */
  fresh: string;
  /** The quoted history at the end with the line that introduces it; '' for none. */
  quoted: string;
}

const isQuote = (line: string): boolean => /^\s*>/.test(line);
const isEmpty = (line: string): boolean => line.trim() === '';

/** An introduction may be broken into two lines: the first one has the date, and ends in no sentence. */
const beginsBefore = (line: string): boolean => /\d/.test(line) && !/[.!?]\s*$/.test(line);

/**
 * Parts plain text from the quoted history at its end (RFC 3676 section 4.5: lines that begin with ">"), with the one
 * or two lines before it that end in a colon ("On Monday, Ann wrote:"). A quote that is answered below stays in the text.
 */
export const splitQuoted = (text: string): SplitText => {
  const lines = text.split('\n');
  let start = lines.length;
  while (start > 0 && (isQuote(lines[start - 1] ?? '') || isEmpty(lines[start - 1] ?? ''))) start -= 1;
  if (!lines.slice(start).some(isQuote)) return { fresh: text, quoted: '' };
  if (/:\s*$/.test(lines[start - 1] ?? '')) start -= beginsBefore(lines[start - 2] ?? '') ? 2 : 1;
  const fresh = lines.slice(0, start).join('\n').trimEnd();
  return fresh === '' ? { fresh: text, quoted: '' } : { fresh, quoted: lines.slice(start).join('\n').trim() };
};
