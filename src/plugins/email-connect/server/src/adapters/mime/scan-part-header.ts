import libmime from 'libmime';
import { headerFields } from '../../domain/identification/header-fields';
import { growBytes } from './grow-bytes';

const LARGEST_KEPT = 64 * 1024;
const LONGEST_NAME = 200;
const NEEDED_FIELD = /^content-(?:type|transfer-encoding|disposition)[ \t]*:/i;
const ANY_FIELD = /^[!-9;-~]+[ \t]*:/;
const CONTENT_FIELD = /^content-[a-z-]+[ \t]*:/i;

export interface PartHeaderScanner {
  /** `content`: the header block ended before this line, without an empty line. */
  readLine(line: Buffer): 'field' | 'end' | 'content';
  /** The fields that say how to read the content, as they were sent. */
  bytes(): Buffer;
  /** `multipart` is the subtype, '' for a leaf; `boundary` is '' where none is named. */
  describe(): { multipart: string; boundary: string; isFile: boolean };
}

/** Reads a header block of any size (RFC 5322 2.2), of which only three fields are kept. */
export const scanPartHeader = (isRoot: boolean): PartHeaderScanner => {
  const kept = growBytes(LARGEST_KEPT);
  let isKept = false;
  return {
    readLine: (line) => {
      if (isEmpty(line)) return 'end';
      const start = startOf(line);
      const isFold = /^[ \t]/.test(start);
      // The header block of the message itself ends only at an empty line, as every server reads it.
      if (!isRoot && !isFold && !ANY_FIELD.test(start)) return 'content';
      if (!isFold) isKept = NEEDED_FIELD.test(start);
      if (isKept) kept.add(line);
      return 'field';
    },
    bytes: () => kept.bytes(),
    describe: () => describe(kept.bytes()),
  };
};

export const isContentField = (line: Buffer): boolean => CONTENT_FIELD.test(startOf(line));

const startOf = (line: Buffer): string => line.toString('latin1', 0, LONGEST_NAME);

const isEmpty = (line: Buffer): boolean => line.length <= 3 && /^\r*\n?$/.test(line.toString('latin1'));

const describe = (header: Buffer): ReturnType<PartHeaderScanner['describe']> => {
  const fields = headerFields(header.toString('latin1'));
  const first = (name: string) => libmime.parseHeaderValue(fields.get(name)?.[0] ?? '');
  const { value, params } = first('content-type');
  const type = value.trim().toLowerCase();
  const isText = !type.includes('/') || type.startsWith('text/');
  return {
    multipart: /^multipart\/(.+)$/.exec(type)?.[1] ?? '',
    boundary: (params.boundary ?? '').trimEnd(),
    isFile: !isText || first('content-disposition').value.trim().toLowerCase() === 'attachment',
  };
};
