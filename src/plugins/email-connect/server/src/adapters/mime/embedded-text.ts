import { assembleText } from './assemble-text';
import { collectText, textKindOf } from './collect-text';
import type { CollectedText } from './collect-text';
import { partsOf } from './message-parts';

/**
 * The text of a message within a message, as far as `source` holds it, without the text of messages inside it. Never
 * rejects.
 */
export const embeddedText = async (source: Buffer, textBytes: number): Promise<string> => {
  const texts: CollectedText[] = [];
  try {
    for await (const part of partsOf(source)) {
      const kind = textKindOf(part, texts.length === 0);
      if (kind) texts.push(await collectText(part, kind, textBytes));
    }
  } catch {
    // The text that was read up to the failure is used.
  }
  return assembleText(texts).text;
};
