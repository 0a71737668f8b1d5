import { formatEnvelope } from './envelope';
import { firstValue, parseStructured } from './header-fields';
import { imapNString, imapString } from './imap-text';
import type { MimePart } from './mime-part';

/** BODYSTRUCTURE, or BODY when not `extended` (RFC 3501 section 7.4.2). */
export const formatBodyStructure = (part: MimePart, extended: boolean): string => {
  const fields = part.type === 'MULTIPART' ? multipart(part, extended) : single(part, extended);
  return `(${fields})`;
};

const multipart = (part: MimePart, extended: boolean): string => {
  const children = part.children.map((child) => formatBodyStructure(child, extended)).join('');
  const base = `${children} ${imapString(part.subtype)}`;
  return extended ? [base, parameters(part.parameters), ...tail(part)].join(' ') : base;
};

const single = (part: MimePart, extended: boolean): string => {
  const value = (name: string): string | undefined => firstValue(part.fields, name);
  const fields = [
    imapString(part.type),
    imapString(part.subtype),
    parameters(defaultCharset(part)),
    imapNString(value('content-id')),
    imapNString(value('content-description')),
    imapString((value('content-transfer-encoding') ?? '7BIT').toUpperCase()),
    String(part.body.length),
  ];
  if (part.message) {
    fields.push(formatEnvelope(part.message.fields), formatBodyStructure(part.message, extended));
  }
  if (part.message || part.type === 'TEXT') fields.push(String(countLines(part.body)));
  if (extended) fields.push(imapNString(value('content-md5')), ...tail(part));
  return fields.join(' ');
};

/** Text without a charset is US-ASCII (RFC 2045 section 5.2), and servers say so. */
const defaultCharset = (part: MimePart): MimePart['parameters'] =>
  part.type === 'TEXT' && !part.parameters.some(([name]) => /^charset/i.test(name))
    ? [...part.parameters, ['charset', 'us-ascii']]
    : part.parameters;

const parameters = (list: MimePart['parameters']): string =>
  list.length === 0 ? 'NIL' : `(${list.map((pair) => pair.map(imapString).join(' ')).join(' ')})`;

/** Disposition, language and location. */
const tail = (part: MimePart): string[] => {
  const disposition = firstValue(part.fields, 'content-disposition');
  const parsed = disposition ? parseStructured(disposition) : undefined;
  return [
    parsed ? `(${imapString(parsed.value)} ${parameters(parsed.parameters)})` : 'NIL',
    imapNString(firstValue(part.fields, 'content-language')),
    imapNString(firstValue(part.fields, 'content-location')),
  ];
};

const countLines = (body: Buffer): number => {
  let lines = 0;
  for (let at = body.indexOf(0x0a); at >= 0; at = body.indexOf(0x0a, at + 1)) lines += 1;
  return lines;
};
