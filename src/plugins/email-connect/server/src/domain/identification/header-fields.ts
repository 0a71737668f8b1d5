/** RFC 5322 3.6.8, with white space before the colon (4.5); only the characters that real field names have. */
const FIELD = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,200})[ \t]*:/;

/**
 * Unfolds a field value (RFC 5322 2.2.3): every line break with the white space after it becomes one space. A break
 * inside an id leaves a space there; `extractIds` removes that space.
 */
export const unfold = (value: string): string =>
  value
    .replace(/\r?\n[ \t]*/g, ' ')
    .replace(/[\r\0]/g, '')
    .trim();

/**
 * A raw header block (bytes read as latin1) as lower-case field name to its unfolded values, every occurrence in the
 * order written. Linear in the length of `raw`; never throws.
 */
export const headerFields = (raw: string): Map<string, string[]> => {
  const fields = new Map<string, string[]>();
  forEachField(raw, (name, value) => {
    const values = fields.get(name) ?? [];
    values.push(value);
    fields.set(name, values);
  });
  return fields;
};

/**
 * Every field of a raw header block in the order written, its name in lower case, its value unfolded. Reads up to the
 * first empty line, so that no body line can pose as a header. A line that is no field is skipped, unless it is an id
 * whose fold lost its white space.
 */
export const forEachField = (raw: string, keep: (name: string, value: string) => void): void => {
  let name = '';
  let lines: string[] = [];
  const finish = (): void => {
    if (name !== '') keep(name, unfold(lines.join('\n')));
  };
  for (const line of linesOf(raw)) {
    if (line === '') {
      if (name === '') continue;
      break;
    }
    const match = FIELD.exec(line);
    if (match) {
      finish();
      name = (match[1] ?? '').toLowerCase();
      lines = [line.slice(match[0].length)];
    } else if (/^[ \t<]/.test(line)) {
      lines.push(line);
    }
  }
  finish();
};

/** Lines without their ends. Some gateways double the carriage return. */
function* linesOf(raw: string): Generator<string> {
  let start = 0;
  while (start < raw.length) {
    const newline = raw.indexOf('\n', start);
    const stop = newline < 0 ? raw.length : newline;
    let end = stop;
    while (end > start && raw[end - 1] === '\r') end -= 1;
    yield raw.slice(start, end);
    start = stop + 1;
  }
}
