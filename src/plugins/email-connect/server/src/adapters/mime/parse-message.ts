import type { ReadMessage } from '../../domain/message/message';
import { readTrace } from '../../domain/message/trace';
import type { Bytes, MessageLimits } from '../../ports';
import { assembleText } from './assemble-text';
import type { CollectedText } from './collect-text';
import { cutText } from './decode-text';
import { headerBlockText } from './header-text';
import { dispositionIn, referencedContentIds } from './inline-images';
import { keepRaw } from './keep-raw';
import { marksOfText, orderedMarks, textOrReason } from './marks';
import { createMessageSpool } from './message-spool';
import type { MessageSpool } from './message-spool';
import { parseHeaders } from './parse-headers';
import { createReading } from './read-parts';
import type { Reading } from './read-parts';
import { salvageText } from './salvage-text';
import { sanitizeHtml } from './sanitize-html';

/**
 * A message, streamed into text, sanitised HTML and stored files. Memory does not grow with the size of any part.
 *
 * Phases: read part by part (text is collected, files go to `saveAttachment` as they come), then assemble. If the
 * tree cannot be read (c54), the whole message is kept as a file instead, `parsedAs: 'raw'`, with the text found in
 * its bytes. Rejects when `source` does, with its error; never because of the content of the message.
 */
export const parseMessage = async (source: Bytes, limits: MessageLimits): Promise<ReadMessage> => {
  const spool = createMessageSpool(source, limits.attachmentBytes);
  const reading = createReading(limits);
  try {
    try {
      await reading.read(spool.pass());
    } catch {
      const lost = spool.sourceError();
      if (lost) throw lost.cause;
      return await keepRaw(spool, reading, limits);
    }
    return assemble(reading, await textsOf(spool, reading, limits), limits);
  } finally {
    await spool.close();
  }
};

/** Boundaries that never came, or came too late, leave no text in the parts: the bytes still hold it. */
const textsOf = async (
  spool: MessageSpool,
  reading: Reading,
  limits: MessageLimits
): Promise<CollectedText[]> => {
  if (!reading.isTextMissed()) return reading.texts;
  await spool.finish();
  return salvageText(spool.replay(), limits);
};

const assemble = (reading: Reading, texts: CollectedText[], limits: MessageLimits): ReadMessage => {
  const { files, embedded } = reading;
  const headerBytes = reading.headerBytes() ?? new Uint8Array();
  const { text, html } = assembleText(texts);
  const marks = orderedMarks([...reading.marks, ...marksOfText(text)]);
  const referenced = referencedContentIds(html);
  const attachments = files.map(({ part, attachment }) => ({
    ...attachment,
    disposition: dispositionIn(html, referenced, part),
  }));
  return {
    headers: parseHeaders(headerBytes),
    text: cutText(textOrReason(text, marks, attachments), limits.textBytes),
    html: sanitizeHtml(cutText(html, limits.textBytes)),
    attachments,
    parsedAs: 'mime',
    marks,
    embedded,
    trace: readTrace(headerBlockText(headerBytes).raw),
  };
};
