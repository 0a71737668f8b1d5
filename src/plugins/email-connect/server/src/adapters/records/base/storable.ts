/** NUL and lone surrogates: PostgreSQL refuses the one in any text, and both in JSON. */
const UNSTORABLE = /\0|\p{Surrogate}/gu;

/** `text` as every database takes it. */
export const storable = (text: string): string =>
  text.replace(UNSTORABLE, (character) => (character === '\0' ? '' : '\ufffd'));

/** A copy of a JSON value with every string in it made storable. */
export const storableJson = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner)) ??
      'null'
  );
