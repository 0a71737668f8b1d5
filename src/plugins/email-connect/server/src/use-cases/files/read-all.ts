import type { Bytes } from '../../ports';

/** SMTP and APPEND need the whole message in memory: the outgoing limit bounds it. */
export const readAll = async (bytes: Bytes): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
};
