import { bodyOffset, firstValue, headerFields, parseStructured } from './header-fields';
import type { HeaderField } from './header-fields';

/** One entity of a message (RFC 2045 section 2.4). The buffers are views of the message, not copies. */
export interface MimePart {
  /** With the empty line that ends it. */
  header: Buffer;
  body: Buffer;
  fields: HeaderField[];
  /** Upper case: `TEXT`, `PLAIN`. */
  type: string;
  subtype: string;
  parameters: [name: string, value: string][];
  /** The parts of a multipart; never empty for one. */
  children: MimePart[];
  /** The message inside a message/rfc822 part. */
  message: MimePart | undefined;
}

const MAX_DEPTH = 40;
const MAX_PARTS = 2000;

/** The tree of a message. Parts nested too deep, or too many, are taken as plain text. */
export const parseMime = (raw: Buffer): MimePart => parseEntity(raw, 'text/plain', 0, { parts: 0 });

const parseEntity = (
  raw: Buffer,
  defaultType: string,
  depth: number,
  budget: { parts: number }
): MimePart => {
  budget.parts += 1;
  const offset = bodyOffset(raw);
  const header = raw.subarray(0, offset);
  const body = raw.subarray(offset);
  const fields = headerFields(header);
  const contentType = parseStructured(firstValue(fields, 'content-type') ?? defaultType);
  const [, type = 'TEXT', subtype = 'PLAIN'] =
    /^([^/]+)\/([^/]+)$/.exec(contentType.value.toUpperCase()) ?? [];
  const part: MimePart = {
    header,
    body,
    fields,
    type,
    subtype,
    parameters: contentType.parameters,
    children: [],
    message: undefined,
  };
  const mayNest = depth < MAX_DEPTH && budget.parts < MAX_PARTS;
  const boundary = part.parameters.find(([name]) => name.toLowerCase() === 'boundary')?.[1];
  if (type === 'MULTIPART' && (!mayNest || !boundary)) return { ...part, type: 'TEXT', subtype: 'PLAIN' };
  if (type === 'MULTIPART' && boundary) {
    const childType = subtype === 'DIGEST' ? 'message/rfc822' : 'text/plain';
    const bodies = splitMultipart(body, boundary).slice(0, MAX_PARTS - budget.parts);
    const raws = bodies.length > 0 ? bodies : [body.subarray(0, 0)];
    part.children = raws.map((child) => parseEntity(child, childType, depth + 1, budget));
  }
  if (mayNest && type === 'MESSAGE' && subtype === 'RFC822') {
    part.message = parseEntity(body, 'text/plain', depth + 1, budget);
  }
  return part;
};

/** The raw parts between the delimiter lines of RFC 2046 section 5.1.1. A missing last delimiter is forgiven. */
const splitMultipart = (body: Buffer, boundary: string): Buffer[] => {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Buffer[] = [];
  let partStart = -1;
  for (let at = body.indexOf(delimiter); at >= 0; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const newline = body.indexOf(0x0a, at);
    const lineEnd = newline < 0 ? body.length : newline + 1;
    const rest = body
      .subarray(at + delimiter.length, lineEnd)
      .toString('latin1')
      .trimEnd();
    if (rest !== '' && rest !== '--') continue;
    if (partStart >= 0) parts.push(body.subarray(partStart, Math.max(partStart, beforeLineEnd(body, at))));
    partStart = lineEnd;
    if (rest === '--') return parts;
  }
  if (partStart >= 0) parts.push(body.subarray(partStart));
  return parts;
};

/** The line end before a delimiter belongs to the delimiter. */
const beforeLineEnd = (body: Buffer, at: number): number => (body[at - 2] === 0x0d ? at - 2 : at - 1);
