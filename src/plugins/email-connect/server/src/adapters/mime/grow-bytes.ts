/** Bytes that come in many small pieces, as one buffer of at most `maxBytes`; further bytes are dropped. */
export interface GrowingBytes {
  add(bytes: Uint8Array): void;
  size(): number;
  /** The bytes added so far; valid until the next `add`. */
  bytes(): Buffer;
}

const EMPTY = Buffer.alloc(0);

/** One buffer that doubles: an object for each line of a hostile message would be a hundred times its bytes. */
export const growBytes = (maxBytes: number): GrowingBytes => {
  let buffer = EMPTY;
  let size = 0;
  return {
    add: (bytes) => {
      const end = Math.min(size + bytes.length, maxBytes);
      if (end > buffer.length) {
        const larger = Buffer.alloc(Math.min(Math.max(end, buffer.length * 2, 256), maxBytes));
        buffer.copy(larger, 0, 0, size);
        buffer = larger;
      }
      buffer.set(bytes.subarray(0, end - size), size);
      size = end;
    },
    size: () => size,
    bytes: () => buffer.subarray(0, size),
  };
};
