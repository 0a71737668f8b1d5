import type { ParsedAttachment } from '../../domain/message/message';
import type { MessageLimits, StoredFile } from '../../ports';

export type KeptAttachment = Pick<ParsedAttachment, 'size' | 'sha256' | 'state' | 'storageKey'>;

/**
 * Streams `content` into storage. A file over the limit, or one that could not be stored, becomes a placeholder with
 * its true size: the message is not lost because of it (S29). Rejects only when `content` itself fails.
 */
export const keepAttachment = async (
  content: AsyncIterator<Buffer>,
  limits: MessageLimits
): Promise<KeptAttachment> => {
  const meter = createMeter(content);
  const stored = await meter.save(limits);
  await meter.drain();
  if (meter.failure) throw meter.failure.cause;
  if (stored) return { ...stored, state: 'stored' };
  const state = meter.size() > limits.attachmentBytes ? 'too-large' : 'failed';
  return { size: meter.size(), sha256: null, state, storageKey: null };
};

interface Meter {
  /** null when it was too large, or was not stored. */
  save(limits: MessageLimits): Promise<StoredFile | null>;
  drain(): Promise<void>;
  size(): number;
  /** The failure of the content itself; null for none. */
  readonly failure: { cause: unknown } | null;
}

const createMeter = (content: AsyncIterator<Buffer>): Meter => {
  let size = 0;
  let failure: { cause: unknown } | null = null;

  const next = async (): Promise<Buffer | null> => {
    try {
      const { done, value } = await content.next();
      if (done) return null;
      size += value.length;
      return value;
    } catch (cause) {
      failure = { cause };
      throw cause;
    }
  };

  async function* upTo(maxBytes: number): AsyncGenerator<Buffer> {
    for (let piece = await next(); piece; piece = await next()) {
      if (size > maxBytes) throw new Error(`The file is larger than ${maxBytes} bytes.`);
      yield piece;
    }
  }

  return {
    save: async ({ attachmentBytes, saveAttachment }) => {
      try {
        return await saveAttachment(upTo(attachmentBytes));
      } catch {
        // null becomes a placeholder; `failure` and `size` tell the three reasons apart.
        return null;
      }
    },
    drain: async () => {
      while (!failure && (await next()));
    },
    size: () => size,
    get failure() {
      return failure;
    },
  };
};
