import { bad } from './imap-refusal';

/** A sequence set (RFC 3501 section 9); Infinity stands for `*`. */
export type SequenceSet = readonly { from: number; to: number }[];

const PART = /^(\*|[1-9]\d{0,9})(?::(\*|[1-9]\d{0,9}))?$/;
const MAX_NUMBER = 0xffff_ffff;

const bound = (text: string): number => {
  const value = text === '*' ? Infinity : Number(text);
  if (value !== Infinity && value > MAX_NUMBER) throw bad('Number out of range');
  return value;
};

export const isSequenceSet = (text: string): boolean => /^[\d*][\d*:,]*$/.test(text);

/** Throws BAD on anything that is not a sequence set. */
export const parseSequenceSet = (text: string): SequenceSet =>
  text.split(',').map((part) => {
    const match = PART.exec(part);
    if (!match?.[1]) throw bad('Wrong message set');
    const first = bound(match[1]);
    const second = match[2] === undefined ? first : bound(match[2]);
    return { from: Math.min(first, second), to: Math.max(first, second) };
  });

/** `*` as the number it stands for. `9:*` in a folder that ends at 5 is `5:9` (RFC 3501, seq-range). */
export const resolveStar = (set: SequenceSet, last: number): SequenceSet =>
  set.map(({ from, to }) => {
    if (to !== Infinity) return { from, to };
    const first = from === Infinity ? last : from;
    return { from: Math.min(first, last), to: Math.max(first, last) };
  });

/** The shortest set of ascending numbers: `1:3,7`. */
export const formatSequenceSet = (numbers: readonly number[]): string => {
  const parts: string[] = [];
  for (let start = 0; start < numbers.length;) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1;
    parts.push(start === end ? `${numbers[start]}` : `${numbers[start]}:${numbers[end]}`);
    start = end + 1;
  }
  return parts.join(',');
};
