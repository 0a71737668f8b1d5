/** One header field. All text is latin1: every character is one byte of the message. */
export interface HeaderField {
  /** Lower case. */
  name: string;
  /** Unfolded and trimmed. */
  value: string;
  /** As it stands in the message, with its line ends. */
  raw: string;
}

/** Where the body begins: after the first empty line, or at the end if there is none. */
export const bodyOffset = (message: Buffer): number => {
  if (message[0] === 0x0a) return 1;
  if (message[0] === 0x0d && message[1] === 0x0a) return 2;
  const crlf = message.indexOf('\n\r\n');
  const lf = (crlf < 0 ? message : message.subarray(0, crlf + 2)).indexOf('\n\n');
  if (lf >= 0) return lf + 2;
  return crlf < 0 ? message.length : crlf + 3;
};

/** The fields of a header block, in order. Lines that are not fields are left out. */
export const headerFields = (header: Buffer): HeaderField[] => {
  const fields: HeaderField[] = [];
  const raws = header.toString('latin1').match(/[^\r\n][^\n]*(?:\n[ \t]+[^\n]*)*(?:\n|$)/g) ?? [];
  for (const raw of raws) {
    const colon = raw.indexOf(':');
    const name = raw.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (name === '' || /\s/.test(name)) continue;
    fields.push({
      name,
      raw,
      value: raw
        .slice(colon + 1)
        .replace(/\r?\n(?=[ \t])/g, '')
        .trim(),
    });
  }
  return fields;
};

/** The value of the first field of that name. */
export const firstValue = (fields: readonly HeaderField[], name: string): string | undefined =>
  fields.find((field) => field.name === name)?.value;

/** A structured field such as Content-Type: its first word and its parameters in order (RFC 2045 section 5.1). */
export interface StructuredField {
  value: string;
  parameters: [name: string, value: string][];
}

export const parseStructured = (text: string): StructuredField => {
  const value = /^[^;\s(]*/.exec(text.trim())?.[0] ?? '';
  const parameters: [string, string][] = [];
  const pattern = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s;"]*))/gs;
  for (const [, name = '', quoted, plain = ''] of text.matchAll(pattern)) {
    parameters.push([name, quoted === undefined ? plain : quoted.replace(/\\(.)/gs, '$1')]);
  }
  return { value, parameters };
};
