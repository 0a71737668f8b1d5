import type { ReadMessage } from '../../domain/message/message';
import { readTrace } from '../../domain/message/trace';
import type { MessageLimits } from '../../ports';
import { assembleText } from './assemble-text';
import type { CollectedText } from './collect-text';
import { cutText } from './decode-text';
import { headerBlockText } from './header-text';
import { keepAttachment } from './keep-attachment';
import type { KeptAttachment } from './keep-attachment';
import { marksOfText, orderedMarks, textOrReason } from './marks';
import type { MessageSpool } from './message-spool';
import { parseHeaders } from './parse-headers';
import type { Reading } from './read-parts';
import { salvageText } from './salvage-text';

/**
 * A message whose tree could not be read, kept whole as `message.eml`. Its text is searched in its bytes; if there is
 * none, the text read before the failure is used. Its HTML is left out: half a document is not shown.
 */
export const keepRaw = async (
  spool: MessageSpool,
  reading: Reading,
  limits: MessageLimits
): Promise<ReadMessage> => {
  const size = await spool.finish();
  const kept = spool.isWhole() ? await keepAttachment(spool.replay(), limits) : placeholder(size, limits);
  const text = textOf(await salvageText(spool.replay(), limits)) || textOf(reading.texts);
  const files = reading.files.map(({ attachment }) => attachment);
  const marks = orderedMarks([...reading.marks, ...marksOfText(text)]);
  const headerBytes = reading.headerBytes() ?? spool.head();
  return {
    headers: parseHeaders(headerBytes),
    text: cutText(textOrReason(text, marks, files), limits.textBytes),
    html: '',
    attachments: [
      {
        fileName: 'message.eml',
        contentType: 'message/rfc822',
        disposition: 'attachment',
        contentId: '',
        ...kept,
      },
    ],
    parsedAs: 'raw',
    marks,
    embedded: reading.embedded,
    trace: readTrace(headerBlockText(headerBytes).raw),
  };
};

const textOf = (texts: readonly CollectedText[]): string => {
  const { text } = assembleText(texts);
  return text.trim() === '' ? '' : text;
};

const placeholder = (size: number, { attachmentBytes }: MessageLimits): KeptAttachment => ({
  size,
  sha256: null,
  state: size > attachmentBytes ? 'too-large' : 'failed',
  storageKey: null,
});
