import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { failure } from '../../src/plugins/email-connect/shared/contracts/failure';
import { inbox } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type {
  ConnectInboxRequest,
  InboxAnswer,
} from '../../src/plugins/email-connect/shared/contracts/inbox';
import {
  message as messageContract,
  messagePage,
  sendMessageAnswer,
} from '../../src/plugins/email-connect/shared/contracts/message';
import type {
  Message,
  MessageSummary,
  SendMessageAnswer,
  sendMessageRequest,
} from '../../src/plugins/email-connect/shared/contracts/message';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { thread, threadPage } from '../../src/plugins/email-connect/shared/contracts/thread';
import type { Thread } from '../../src/plugins/email-connect/shared/contracts/thread';

const contactType = 'plugin::email-connect.contact';

const errorAnswer = z.object({
  error: z.object({ message: z.string(), details: failure.partial().optional() }),
});
const createdContact = z.object({ data: z.object({ documentId: z.string() }) });

/** A conversation with its whole mail, oldest first. */
export interface WholeThread extends Thread {
  messages: Message[];
}

export interface UploadedFile {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** The admin panel's own HTTP API, as a program: the demo does through it what a person does in the browser. */
export interface Crm {
  connectInbox(form: Omit<ConnectInboxRequest, 'consentTextVersion'>): Promise<InboxAnswer>;
  readInbox(documentId: string): Promise<InboxAnswer>;
  createContact(contact: { name: string; email: string; company: string }): Promise<string>;
  /** Without a `key` each call is a press of its own. */
  send(
    message: Omit<z.input<typeof sendMessageRequest>, 'contact' | 'key'> & {
      contactDocumentId: string;
      key?: string;
    },
    files?: UploadedFile[]
  ): Promise<SendMessageAnswer>;
  readThread(threadDocumentId: string): Promise<WholeThread>;
  threadsOf(contactDocumentId: string): Promise<z.infer<typeof threadPage>>;
  /**
   * Resolves as soon as the thread holds so many messages; rejects after `timeoutMs`, or with `cause()` as soon as
   * that is not ''.
   */
  waitForMessages(
    threadDocumentId: string,
    count: number,
    timeoutMs: number,
    cause: () => string
  ): Promise<WholeThread>;
}

/** A client of `url` for an admin who is logged in with `token`. */
export const crmOf = (url: string, token: string): Crm => {
  const call = async <T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (response.ok) return schema.parse(answer);
    const { error } = errorAnswer.parse(answer);
    throw new Error(
      `${method} ${path}: ${error.message} ${error.details?.nextStep ?? ''} ${error.details?.detail ?? ''}`
    );
  };

  const readSummary = (documentId: string) => call(thread, 'GET', `/email-connect/threads/${documentId}`);

  /** All pages, from the newest to the oldest. */
  const listMessages = async (threadDocumentId: string): Promise<MessageSummary[]> => {
    const found: MessageSummary[] = [];
    for (let before: string | null = ''; before !== null;) {
      const query: string = before && `&before=${before}`;
      const path = `/email-connect/threads/${threadDocumentId}/messages?limit=100${query}`;
      const { messages, earlier } = await call(messagePage, 'GET', path);
      found.unshift(...messages);
      before = earlier;
    }
    return found;
  };

  const readThread = async (documentId: string): Promise<WholeThread> => {
    const summary = await readSummary(documentId);
    const messages: Message[] = [];
    for (const { documentId: one } of await listMessages(documentId)) {
      messages.push(await call(messageContract, 'GET', `/email-connect/messages/${one}`));
    }
    return { ...summary, messages };
  };

  return {
    readThread,
    connectInbox: async (form) => {
      const { consentTextVersion } = await call(settings, 'GET', '/email-connect/settings');
      return call(inbox, 'POST', '/email-connect/inboxes', { ...form, consentTextVersion });
    },
    readInbox: (documentId) => call(inbox, 'GET', `/email-connect/inboxes/${documentId}`),
    createContact: async (contact) =>
      (await call(createdContact, 'POST', `/content-manager/collection-types/${contactType}`, contact)).data
        .documentId,
    send: ({ contactDocumentId, key = randomUUID(), ...message }, files = []) => {
      const form = new FormData();
      form.set(
        'data',
        JSON.stringify({ ...message, key, contact: { contactType, documentId: contactDocumentId } })
      );
      for (const { fileName, contentType, content } of files) {
        form.append('files', new Blob([new Uint8Array(content)], { type: contentType }), fileName);
      }
      return call(sendMessageAnswer, 'POST', '/email-connect/messages', form);
    },
    threadsOf: (documentId) =>
      call(threadPage, 'GET', `/email-connect/records/${contactType}/${documentId}/threads`),
    waitForMessages: async (threadDocumentId, count, timeoutMs, cause) => {
      for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await sleep(20)) {
        const { messageCount } = await readSummary(threadDocumentId);
        if (messageCount >= count) return readThread(threadDocumentId);
        if (cause()) throw new Error(cause());
      }
      throw new Error(`The conversation still has fewer than ${count} messages after ${timeoutMs / 1000} s.`);
    },
  };
};
