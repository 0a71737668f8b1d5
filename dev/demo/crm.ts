import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { failure } from '../../src/plugins/email-connect/shared/contracts/failure';
import { inbox } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type { ConnectInboxRequest, Inbox } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import type {
  SendMessageAnswer,
  SendMessageRequest,
} from '../../src/plugins/email-connect/shared/contracts/message';
import { settings } from '../../src/plugins/email-connect/shared/contracts/settings';
import { thread, threadPage } from '../../src/plugins/email-connect/shared/contracts/thread';
import type { Thread } from '../../src/plugins/email-connect/shared/contracts/thread';

const contactType = 'plugin::email-connect.contact';

const errorAnswer = z.object({
  error: z.object({ message: z.string(), details: failure.partial().optional() }),
});
const createdContact = z.object({ data: z.object({ documentId: z.string() }) });

export interface UploadedFile {
  fileName: string;
  contentType: string;
  content: Buffer;
}

/** The admin panel's own HTTP, as a program: what a person does in the browser, the demo does through this. */
export interface Crm {
  connectInbox(form: Omit<ConnectInboxRequest, 'consentTextVersion'>): Promise<Inbox>;
  readInbox(documentId: string): Promise<Inbox>;
  createContact(contact: { name: string; email: string; company: string }): Promise<string>;
  /** Without a `key` it is a press of its own. */
  send(
    message: Omit<SendMessageRequest, 'contact' | 'key'> & { contactDocumentId: string; key?: string },
    files?: UploadedFile[]
  ): Promise<SendMessageAnswer>;
  readThread(threadDocumentId: string): Promise<Thread>;
  threadsOf(contactDocumentId: string): Promise<z.infer<typeof threadPage>>;
  /** Resolves as soon as the thread holds so many messages; rejects after `timeoutMs` or with `cause()` as soon as there is one. */
  waitForMessages(
    threadDocumentId: string,
    count: number,
    timeoutMs: number,
    cause: () => string
  ): Promise<Thread>;
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

  const readThread = (documentId: string) => call(thread, 'GET', `/email-connect/threads/${documentId}`);

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
        const found = await readThread(threadDocumentId);
        if (found.messages.length >= count) return found;
        if (cause()) throw new Error(cause());
      }
      throw new Error(`The conversation still has fewer than ${count} messages after ${timeoutMs / 1000} s.`);
    },
  };
};
