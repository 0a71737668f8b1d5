/** NUL and lone surrogates: PostgreSQL refuses NUL in any text, and both in JSON. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** `text` without characters that some database refuses. */
export const storable = (text: string): string =>
  text.replace(UNSTORABLE, (character) => (character === '\0' ? '' : '\ufffd'));

/** A copy of a JSON value with every string in it made storable. */
export const storableJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner)) ??
      'null'
  );
