import type { ParsedMessage } from '../../domain/message/message';
import type { MessageLimits } from '../../ports';
import { assembleText } from './assemble-text';
import type { TextPart } from './collect-text';
import { cutBytes, cutText, decodeText } from './decode-text';
import { keepAttachment } from './keep-attachment';
import type { KeptAttachment } from './keep-attachment';
import type { MessageSpool } from './message-spool';
import { parseHeaders } from './parse-headers';

const END_OF_HEADER = /\r?\n\r?\n/;

/**
 * A message whose tree could not be read, kept whole as `message.eml`. Its text is what was read of it before,
 * else the start of its body as it stands. Its HTML is left out: half a document is not shown.
 */
export const keepRaw = async (
  spool: MessageSpool,
  headerBytes: Uint8Array | null,
  texts: readonly TextPart[],
  limits: MessageLimits
): Promise<ParsedMessage> => {
  const size = await spool.finish();
  const kept = spool.isWhole() ? await keepAttachment(spool.replay(), limits) : placeholder(size, limits);
  const { text } = assembleText(texts);
  return {
    headers: parseHeaders(headerBytes ?? spool.head()),
    text: cutText(text || (await rawBodyText(spool, limits)), limits.textBytes),
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
  };
};

const placeholder = (size: number, { attachmentBytes }: MessageLimits): KeptAttachment => ({
  size,
  sha256: null,
  state: size > attachmentBytes ? 'too-large' : 'failed',
  storageKey: null,
});

/** The start of the body as it stands, boundaries and all. */
export const rawBodyText = async (spool: MessageSpool, { textBytes }: MessageLimits): Promise<string> => {
  const head = spool.head();
  const end = END_OF_HEADER.exec(head.toString('latin1'));
  return end ? decodeText(cutBytes(head.subarray(end.index + end[0].length), textBytes), '') : '';
};
