import { assembleText } from './assemble-text';
import { collectText, textKindOf } from './collect-text';
import type { CollectedText } from './collect-text';
import { partsOf } from './message-parts';

/** What a message within a message says, as far as `source` holds it: its own words, not those of whoever passed it on. Never rejects. */
export const embeddedText = async (source: Buffer, textBytes: number): Promise<string> => {
  const texts: CollectedText[] = [];
  try {
    for await (const part of partsOf(source)) {
      const kind = textKindOf(part, texts.length === 0);
      if (kind) texts.push(await collectText(part, kind, textBytes));
    }
  } catch {
    // What was read of its tree is what it says.
  }
  return assembleText(texts).text;
};
