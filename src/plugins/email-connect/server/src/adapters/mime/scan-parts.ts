import { growBytes } from './grow-bytes';
import type { MessagePart } from './message-parts';
import { isContentField, scanPartHeader } from './scan-part-header';

const MOST_PARTS = 50_000;
const MOST_BOUNDARIES = 10_000;
const DEEPEST = 100;
const LONGEST_BOUNDARY_LINE = 8 * 1024;
const DASH = 0x2d;

/** A part that may be text: the header fields that say how to read it, and its bytes as they were sent. */
export interface ScannedPart {
  header: Buffer;
  body: Buffer;
  ancestors: MessagePart['ancestors'];
}

export interface PartScanner {
  /**
   * One line with its end, or a piece of a line that is too long to be anything but content; in content also several
   * lines, of which only the first may begin with a dash.
   */
  readLines(lines: Buffer): void;
  isInContent(): boolean;
  /** More parts were seen than any real message has; no more are read. */
  isFull(): boolean;
  /** Call after the last line. */
  finish(): void;
  /** The parts found since the last call. */
  takeFound(): ScannedPart[];
}

interface Multipart {
  multipart: string;
  ancestors: readonly Multipart[];
  hasParts: boolean;
}

/**
 * Finds text parts by their boundary lines alone (RFC 2046 5.1.1); each boundary is valid from its declaration to the
 * end of the message. Text before the first part of a multipart becomes a part of its own if no part follows. A line
 * after `--` that a Content field follows is a boundary too: some senders declare another one.
 */
export const createPartScanner = (maxBytes: number): PartScanner => {
  const boundaries = createBoundaries();
  const found: ScannedPart[] = [];
  let parent: Multipart | null = null;
  let count = 0;
  let place: 'header' | 'text' | 'preamble' | 'file' = 'header';
  let header = scanPartHeader(true);
  let body = growBytes(maxBytes);

  const finish = (): void => {
    const isText = place === 'text' || (place === 'preamble' && parent?.hasParts === false);
    if (isText && body.size() > 0)
      found.push({ header: header.bytes(), body: withoutLineEnd(body.bytes()), ancestors: lineOf(parent) });
    body = growBytes(maxBytes);
    place = 'file';
  };

  const begin = (multipart: Multipart): void => {
    multipart.hasParts = true;
    count += 1;
    finish();
    parent = multipart;
    place = 'header';
    header = scanPartHeader(false);
  };

  const endHeader = (): void => {
    const { multipart, boundary, isFile } = header.describe();
    place = isFile ? 'file' : 'text';
    if (multipart === '') return;
    parent = { multipart, ancestors: lineOf(parent), hasParts: false };
    place = 'preamble';
    header = scanPartHeader(false);
    boundaries.declare(boundary, parent);
  };

  const readLines = (line: Buffer): void => {
    const boundary = boundaries.in(line, place === 'preamble' ? parent : null);
    if (boundary?.opens) begin(boundary.opens);
    if (boundary && !boundary.isBefore) return boundary.opens ? undefined : finish();
    if (place === 'text' || place === 'preamble') return body.add(line);
    if (place === 'file') return;
    const kind = header.readLine(line);
    if (kind !== 'field') endHeader();
    if (kind === 'content') body.add(line);
  };

  return {
    readLines,
    isInContent: () => place !== 'header' && !boundaries.isBeforeDecision(),
    isFull: () => count > MOST_PARTS,
    finish,
    takeFound: () => found.splice(0),
  };
};

interface Boundary {
  /** The multipart in which a part begins; null where a part ends. */
  opens: Multipart | null;
  /** The line after the boundary revealed it: that line is the first of the part. */
  isBefore: boolean;
}

const createBoundaries = () => {
  const declared = new Map<string, Multipart>();
  let lineBefore = '';
  const declare = (boundary: string, multipart: Multipart): void => {
    if (boundary !== '' && declared.size < MOST_BOUNDARIES) declared.set(boundary, multipart);
  };
  return {
    declare,
    /** The next line shows whether the line before it was a boundary. */
    isBeforeDecision: () => lineBefore !== '',
    /** `waiting` is the multipart whose first part has not come yet. */
    in: (line: Buffer, waiting: Multipart | null): Boundary | null => {
      const undeclared = lineBefore;
      lineBefore = afterDashes(line);
      const opens = declared.get(lineBefore);
      if (opens) return { opens, isBefore: false };
      if (lineBefore.endsWith('--') && declared.has(lineBefore.slice(0, -2)))
        return { opens: null, isBefore: false };
      if (!waiting || undeclared === '' || !isContentField(line)) return null;
      declare(undeclared, waiting);
      return { opens: waiting, isBefore: true };
    },
  };
};

/** A hostile message nests without end; only the nearest multipart/alternative is needed. */
const lineOf = (parent: Multipart | null): Multipart[] =>
  parent ? [parent, ...parent.ancestors.slice(0, DEEPEST)] : [];

/** The text after the two dashes of a line that may be a boundary; '' for any other line. */
const afterDashes = (line: Buffer): string =>
  line[0] === DASH && line[1] === DASH && line.length <= LONGEST_BOUNDARY_LINE
    ? line.toString('latin1', 2).trimEnd()
    : '';

/** The line end before a boundary belongs to the boundary. */
const withoutLineEnd = (body: Buffer): Buffer => {
  const end = body.length - (body.at(-1) === 0x0a ? 1 : 0);
  return body.subarray(0, body[end - 1] === 0x0d ? end - 1 : end);
};
