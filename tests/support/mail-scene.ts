import { setTimeout as sleep } from 'node:timers/promises';
import { replyTo, startMailServer } from '../../dev/mail-server';
import type { CustomerReply, MailServer } from '../../dev/mail-server';
import type { InboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import { inboxWithFolders } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type { SendMessageAnswer } from '../../src/plugins/email-connect/shared/contracts/message';
import type { WholeThread } from '../../dev/demo/crm';
import { assertBuilt } from '../../dev/strapi/assert-built';
import { adminClient } from './admin-client';
import type { AdminClient } from './admin-client';
import { makeCertificate } from './certificates';
import { makeGate } from './gate';
import type { Gate } from './gate';
import { startScene } from './scene';
import type { Scene } from './scene';
import type { DatabaseKind } from './test-database';

export const us = { address: 'uma@crm.test', password: 'correct horse battery' };
export const cleo = { address: 'cleo@customer.test', password: 'cleo-secret' };

const WAIT_MS = 60_000;

/** A scene whose mail server is in this process, each of its ports behind a gate. */
export interface MailScene {
  server: MailServer;
  imapGate: Gate;
  smtpGate: Gate;
  scene: Scene;
  admin: AdminClient;
  form: ReturnType<Scene['inboxForm']>;
  inboxDocumentId: string;
  contactDocumentId: string;
  /** Mail from the contact to its address, in a thread of its own. */
  send(subject: string): Promise<SendMessageAnswer>;
  /** The newest mail with this subject that Cleo got. */
  received(subject: string): Buffer;
  /** Cleo's answer to the newest mail with this subject, as bytes. */
  replyTo(subject: string, reply: Omit<CustomerReply, 'from'>): Promise<Buffer>;
  /** Puts bytes into our INBOX, as another server's delivery would. */
  deliver(raw: Buffer | string, folder?: string): number;
  waitForMessages(threadDocumentId: string, count: number): Promise<WholeThread>;
  readInbox(): Promise<InboxWithFolders>;
  /** Resolves when every watched folder was read from its cursor after this call. */
  pass(): Promise<void>;
  waitForInbox(what: string, wanted: (inbox: InboxWithFolders) => boolean): Promise<InboxWithFolders>;
  end(): Promise<void>;
}

/** Starts it all, with our inbox connected and Cleo as a contact. */
export const startMailScene = async (
  env: Record<string, string> = {},
  database: DatabaseKind = 'sqlite'
): Promise<MailScene> => {
  // Before any server is started: a suite that fails here leaves none behind.
  assertBuilt(['server', 'app']);
  const tls = await makeCertificate();
  const server = await startMailServer({ users: [us, cleo], tls });
  const [imapGate, smtpGate] = await Promise.all([server.imapsPort, server.smtpsPort].map(makeGate));
  if (!imapGate || !smtpGate) throw new Error('Both gates were just made.');
  const mail = { imapsPort: imapGate.port, smtpPort: smtpGate.port, certificate: tls.cert };
  const scene = await startScene({ ...mail, smtpTls: 'implicit' }, env, database);
  const admin = () => adminClient(scene.strapi.url, scene.strapi.admin.token);
  const form = scene.inboxForm(us.address, us.password);
  const { documentId: inboxDocumentId } = await scene.crm.connectInbox(form);
  const contactDocumentId = await scene.crm.createContact({ name: 'Cleo', email: cleo.address, company: '' });

  const received = (subject: string): Buffer => {
    const mails = server.mailbox(cleo.address).messages('INBOX');
    const found = mails.filter(({ raw }) => raw.includes(`Subject: ${subject}\r\n`)).at(-1);
    if (!found) throw new Error(`Cleo got no mail "${subject}".`);
    return found.raw;
  };
  const readInbox = async () => {
    const answer = await admin().call('GET', `/email-connect/inboxes/${inboxDocumentId}`);
    return inboxWithFolders.parse(await answer.json());
  };

  const mailScene: MailScene = {
    server,
    imapGate,
    smtpGate,
    scene,
    form,
    inboxDocumentId,
    contactDocumentId,
    get admin() {
      return admin();
    },
    received,
    readInbox,
    send: (subject) =>
      scene.crm.send({
        contactDocumentId,
        answersDocumentId: null,
        to: [cleo.address],
        cc: [],
        bcc: [],
        subject,
        text: 'Hello Cleo',
        html: '',
      }),
    replyTo: (subject, reply) =>
      replyTo(received(subject), { ...reply, from: { name: 'Cleo', address: cleo.address } }),
    deliver: (raw, folder = 'INBOX') => server.mailbox(us.address).append(folder, raw),
    waitForMessages: (threadDocumentId, count) =>
      scene.crm.waitForMessages(threadDocumentId, count, WAIT_MS, () => ''),
    pass: async () => {
      // Twice: the first may have been under way already when it was asked for.
      for (let round = 0; round < 2; round += 1) {
        const { lastPassAt } = await readInbox();
        await admin().call('POST', `/email-connect/inboxes/${inboxDocumentId}/actions/sync`);
        await mailScene.waitForInbox('was read', (inbox) => inbox.lastPassAt !== lastPassAt);
      }
    },
    waitForInbox: async (what, wanted) => {
      let inbox = await readInbox();
      for (const deadline = Date.now() + WAIT_MS; !wanted(inbox); inbox = await readInbox()) {
        if (Date.now() > deadline) throw new Error(`The inbox never ${what}: ${JSON.stringify(inbox)}`);
        await sleep(50);
      }
      return inbox;
    },
    end: async () => {
      await scene.end();
      await Promise.all([imapGate.shut(), smtpGate.shut()]);
      await server.close();
    },
  };
  await mailScene.waitForInbox('was ok', ({ state }) => state === 'ok');
  return mailScene;
};
