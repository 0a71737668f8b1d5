import { randomUUID } from 'node:crypto';
import type { UploadedFile } from '../../dev/demo/crm';
import { assertBuilt } from '../../dev/strapi/assert-built';
import { sendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import type { Message, SendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import { makeCertificate } from './certificates';
import { gateBefore } from './database-gate';
import type { DatabaseGate } from './database-gate';
import { startDovecot } from './dovecot';
import type { Dovecot } from './dovecot';
import { mailProgramOf } from './mail-program';
import { advance, endClaim, outboxViewOf, untilStage } from './outbox-view';
import type { OutboxView } from './outbox-view';
import { startPostfix } from './postfix';
import type { Postfix } from './postfix';
import { startScene } from './scene';
import type { Scene } from './scene';
import { makeSmtpGate } from './smtp-gate';
import type { SmtpGate } from './smtp-gate';
import type { DatabaseKind } from './test-database';
import { until } from './until';

export const us = { address: 'uma@team.example', password: 'us-mailbox-pass-7f3c' };
export const grace = { address: 'grace@customer.example', password: 'customer-pass-41d0' };

/** A mail on its way out. */
export interface Outgoing extends SendMessageAnswer {
  messageId: string;
}

/** What became of a mail, wherever one can look. */
export interface Whereabouts {
  stage: string;
  told: Message['deliveryStatus'];
  /** How often Postfix took it. */
  taken: number;
  /** How often it lies in the customer's INBOX. */
  delivered: number;
  /** How often it lies in Sent. */
  copies: number;
}

/** A Strapi that sends through a real Postfix, behind a gate, and files its copies at a real Dovecot, where the mail is delivered too. */
export interface SendingScene {
  scene: Scene;
  dovecot: Dovecot;
  postfix: Postfix;
  smtp: SmtpGate;
  /** null for SQLite. */
  database: DatabaseGate | null;
  inboxDocumentId: string;
  contactDocumentId: string;
  /** As the panel sends it; `key` presses again. */
  press(subject: string, wish?: { key?: string; file?: UploadedFile; url?: string }): Promise<Response>;
  send(subject: string, wish?: { key?: string; file?: UploadedFile }): Promise<Outgoing>;
  /** What this conversation's mail is, found by its subject: for when nobody heard the answer to its press. */
  find(subject: string): Promise<Outgoing>;
  settle(mail: SendMessageAnswer, answer: 'went-out' | 'did-not' | 'send-again'): Promise<Response>;
  /** As a provider that files sent mail itself would have done. */
  fileByServer(mail: Outgoing): Promise<void>;
  view(mail: SendMessageAnswer): Promise<OutboxView>;
  untilStage(mail: SendMessageAnswer, ...stages: string[]): Promise<OutboxView>;
  /** Lets time pass for it. */
  advance(mail: SendMessageAnswer, ...stages: string[]): Promise<OutboxView>;
  /** Starts the Strapi that was killed again; its inboxes are anybody's, a mail that it had in hand is not yet. */
  revive(): Promise<void>;
  /** Lets the time be over for which a process that died still holds the mail. */
  endClaim(mail: SendMessageAnswer): Promise<void>;
  /** When Postfix has delivered all that it took. */
  whereabouts(mail: Outgoing): Promise<Whereabouts>;
  end(): Promise<void>;
}

/** Large enough that a sender is still writing when its connection is held within the message. */
export const largeFile = (): UploadedFile => ({
  fileName: 'large.bin',
  contentType: 'application/octet-stream',
  content: Buffer.alloc(13_000_000, 'Nothing to see here. '),
});

export const startSendingScene = async (
  database: DatabaseKind = 'sqlite',
  env: Record<string, string> = {}
): Promise<SendingScene> => {
  // Before any server is started: a suite that fails here leaves none behind.
  assertBuilt(['server', 'app']);
  const certificate = await makeCertificate();
  const users = { [us.address]: us.password, [grace.address]: grace.password };
  const dovecot = await startDovecot({ users, certificate });
  const ends: (() => Promise<void>)[] = [() => dovecot.stop()];
  const end = async () => {
    for (const one of ends.reverse()) await one();
  };
  try {
    const postfix = await startPostfix(dovecot, ['team.example', 'customer.example']);
    ends.push(() => postfix.stop());
    const smtp = await makeSmtpGate(postfix.smtpsPort, certificate);
    ends.push(() => smtp.stop());
    const ports = { imapsPort: dovecot.imapsPort, smtpPort: smtp.port, smtpTls: 'implicit' as const };
    const gate = await gateBefore(database);
    ends.push(async () => gate?.stop());
    const throughGate: Record<string, string> = gate ? { DATABASE_PORT: String(gate.port) } : {};
    const mail = { ...ports, certificate: certificate.cert };
    const scene = await startScene(mail, { ...throughGate, ...env }, database);
    ends.push(() => scene.end());
    const form = scene.inboxForm(us.address, us.password);
    const { documentId } = await scene.crm.connectInbox(form);
    const contact = { name: 'Grace', email: grace.address, company: '' };
    const contactDocumentId = await scene.crm.createContact(contact);
    await until(
      async () => (await scene.crm.readInbox(documentId)).lastPassAt !== null,
      'The inbox is not read.'
    );
    return sendingScene({
      scene,
      dovecot,
      postfix,
      smtp,
      database: gate,
      inboxDocumentId: documentId,
      contactDocumentId,
      end,
    });
  } catch (error) {
    await end();
    throw error;
  }
};

type Started = Pick<
  SendingScene,
  'scene' | 'dovecot' | 'postfix' | 'smtp' | 'database' | 'inboxDocumentId' | 'contactDocumentId' | 'end'
>;

const sendingScene = (started: Started): SendingScene => {
  const { scene, dovecot, postfix, inboxDocumentId, contactDocumentId } = started;
  const programs = {
    sent: mailProgramOf(dovecot, us.address, us.password),
    customer: mailProgramOf(dovecot, grace.address, grace.password),
  };
  const outgoing = async (answer: SendMessageAnswer): Promise<Outgoing> => {
    const { messages } = await scene.crm.readThread(answer.threadDocumentId);
    return { ...answer, messageId: messages.at(-1)?.messageId ?? '' };
  };
  const self: SendingScene = {
    ...started,
    press: (subject, { key = randomUUID(), file, url = scene.strapi.url } = {}) => {
      const form = new FormData();
      const contact = { contactType: 'plugin::email-connect.contact', documentId: contactDocumentId };
      const to = { to: [grace.address], cc: [], bcc: [] };
      const words = { subject, text: `What do you say? ${subject}`, html: '' };
      form.set('data', JSON.stringify({ key, contact, answersDocumentId: null, ...to, ...words }));
      if (file)
        form.set(
          'files',
          new Blob([new Uint8Array(file.content)], { type: file.contentType }),
          file.fileName
        );
      return fetch(`${url}/email-connect/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${scene.strapi.admin.token}` },
        body: form,
      });
    },
    send: async (subject, wish) => {
      const response = await self.press(subject, wish);
      const text = await response.text();
      if (!response.ok) throw new Error(`The press was answered ${response.status}: ${text}`);
      return outgoing(sendMessageAnswer.parse(JSON.parse(text)));
    },
    find: async (subject) => {
      const { threads } = await answered(() => scene.crm.threadsOf(contactDocumentId));
      const [found, ...others] = threads.filter((thread) => thread.subject === subject);
      if (!found || others.length > 0)
        throw new Error(`"${subject}" is there ${others.length} times too often.`);
      const [message] = (await scene.crm.readThread(found.documentId)).messages;
      return outgoing({
        messageDocumentId: message?.documentId ?? '',
        threadDocumentId: found.documentId,
        deliveryStatus: 'queued',
        notice: '',
      });
    },
    settle: ({ messageDocumentId }, answer) =>
      scene.strapi.admin.fetch('POST', `/email-connect/messages/${messageDocumentId}/settle`, { answer }),
    fileByServer: async ({ messageId }) => {
      const { raw } = await programs.customer.waitFor('INBOX', messageId);
      await programs.sent.append('Sent', raw, ['\\Seen']);
    },
    view: ({ messageDocumentId }) => outboxViewOf(scene, messageDocumentId),
    untilStage: ({ messageDocumentId }, ...stages) => untilStage(scene, messageDocumentId, ...stages),
    advance: ({ messageDocumentId }, ...stages) =>
      advance(scene, inboxDocumentId, messageDocumentId, ...stages),
    endClaim: ({ messageDocumentId }) => endClaim(scene, messageDocumentId),
    revive: async () => {
      await scene.endLeases();
      await scene.restart();
    },
    whereabouts: async (mail) => {
      await postfix.delivered();
      const { messages } = await scene.crm.readThread(mail.threadDocumentId);
      return {
        stage: (await self.view(mail)).stage,
        told:
          messages.find(({ documentId }) => documentId === mail.messageDocumentId)?.deliveryStatus ?? null,
        taken: (await postfix.taken()).filter((id) => id === mail.messageId).length,
        delivered: await programs.customer.count('INBOX', mail.messageId),
        copies: await programs.sent.count('Sent', mail.messageId),
      };
    },
  };
  return self;
};

/** A fault of the database ends with the connections that it had: the first to ask may meet one of them. */
export const answered = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
};
