import {
  message,
  sendMessageAnswer,
  type Message,
  type SendMessageAnswer,
  type SendMessageRequest,
  type SettleMessageRequest,
} from '../../../shared/contracts/message';
import { messageChangeAnswer, type MessageChangeAnswer } from '../../../shared/contracts/thread';
import { endpoint, override, query, read, type Client } from './client';

/** One message with its whole content. */
export const loadMessage = (client: Client, documentId: string, overrides = false): Promise<Message> =>
  read(client.get(endpoint('messages', documentId), query(override(overrides))), message);

/** Sends a message with its files through the user's own inbox. */
export const sendMessage = (
  client: Client,
  request: SendMessageRequest,
  files: readonly File[]
): Promise<SendMessageAnswer> => {
  const form = new FormData();
  form.append('data', JSON.stringify(request));
  for (const file of files) form.append('files', file, file.name);
  return read(client.post(endpoint('messages'), form), sendMessageAnswer);
};

/** Deletes one message here for good, never in the mailbox. */
export const removeMessage = (client: Client, documentId: string): Promise<MessageChangeAnswer> =>
  read(client.del(endpoint('messages', documentId)), messageChangeAnswer);

/** Takes back a mail that waits to be sent. */
export const cancelMessage = (client: Client, documentId: string): Promise<MessageChangeAnswer> =>
  read(client.post(endpoint('messages', documentId, 'cancel')), messageChangeAnswer);

/** Lets a held mail go out. */
export const releaseMessage = (client: Client, documentId: string): Promise<MessageChangeAnswer> =>
  read(client.post(endpoint('messages', documentId, 'release')), messageChangeAnswer);

/** Says what became of a mail of unknown outcome. */
export const settleMessage = (
  client: Client,
  documentId: string,
  answer: SettleMessageRequest['answer']
): Promise<MessageChangeAnswer> => {
  const request: SettleMessageRequest = { answer };
  return read(client.post(endpoint('messages', documentId, 'settle'), request), messageChangeAnswer);
};
