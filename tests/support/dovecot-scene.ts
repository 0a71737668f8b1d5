import { startDovecot } from './dovecot';
import type { Dovecot } from './dovecot';
import { expectPrivate } from './expect-private';
import { mailProgramOf } from './mail-program';
import type { MailProgram } from './mail-program';
import { startRelay } from './relay';
import type { Relay } from './relay';
import { startScene } from './scene';
import type { Scene } from './scene';
import { assertBuilt } from '../../dev/strapi/assert-built';
import { until } from './until';

export const us = { address: 'uma@team.example', password: 'us-mailbox-pass-7f3c' };
export const customerPassword = 'customer-pass-41d0';

/** A Strapi whose admin has connected the inbox of `us` at a real Dovecot, and customers at the same Dovecot. */
export interface DovecotScene {
  dovecot: Dovecot;
  relay: Relay;
  scene: Scene;
  inboxDocumentId: string;
  /** The mail program of `us` or of a customer. */
  programOf(address: string): MailProgram;
  /** Resolves when every watched folder has been read from its cursor after this call. */
  pass(): Promise<void>;
  end(): Promise<void>;
}

/** Sending goes through Dovecot's submission service (STARTTLS, with its login) to `relay`, reading over IMAP with TLS. */
/** Creates the contact with this address, and writes to them: the conversation's documentId. */
export const offerTo = async ({ scene }: DovecotScene, address: string, name: string): Promise<string> => {
  const contactDocumentId = await scene.crm.createContact({ name, email: address, company: '' });
  const { threadDocumentId } = await scene.crm.send({
    contactDocumentId,
    answersDocumentId: null,
    to: [address],
    cc: [],
    bcc: [],
    subject: 'Offer',
    text: 'What do you say?',
    html: '',
  });
  return threadDocumentId;
};

export const startDovecotScene = async (
  customers: readonly string[],
  env: Record<string, string> = {}
): Promise<DovecotScene> => {
  // Before any server is started: a suite that fails here leaves none behind.
  assertBuilt(['server', 'app']);
  const users = Object.fromEntries(customers.map((address) => [address, customerPassword]));
  const dovecot = await startDovecot({ users: { ...users, [us.address]: us.password } });
  const relay = await startRelay(dovecot, [us.address, ...customers]);
  let scene: Scene | null = null;
  const stop = async () => {
    await scene?.end();
    await relay.stop();
    await dovecot.stop();
  };
  const end = async () => {
    try {
      if (scene) await expectPrivate(dovecot, us.address, scene);
    } finally {
      await stop();
    }
  };
  try {
    const mail = {
      imapsPort: dovecot.imapsPort,
      smtpPort: dovecot.submissionPort,
      smtpTls: 'starttls' as const,
      certificate: dovecot.certificate.cert,
    };
    const started = await startScene(mail, env);
    scene = started;
    const { documentId } = await started.crm.connectInbox(started.inboxForm(us.address, us.password));
    const stage: DovecotScene = {
      dovecot,
      relay,
      scene: started,
      inboxDocumentId: documentId,
      programOf: (address) =>
        mailProgramOf(dovecot, address, address === us.address ? us.password : customerPassword),
      pass: () => passOf(started, documentId),
      end,
    };
    await firstPass(stage);
    return stage;
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Mail that came before the first pass would be older than the connection (S7). */
const firstPass = (stage: DovecotScene): Promise<string> =>
  until(() => lastPassOf(stage.scene, stage.inboxDocumentId), 'The inbox is not read.');

const lastPassOf = async (scene: Scene, inboxDocumentId: string): Promise<string | null> =>
  (await scene.crm.readInbox(inboxDocumentId)).lastPassAt;

/** Twice: the first may have been under way already when it was asked for. */
export const passOf = async (scene: Scene, inboxDocumentId: string): Promise<void> => {
  for (let round = 0; round < 2; round++) {
    const before = await lastPassOf(scene, inboxDocumentId);
    await scene.strapi.admin.fetch('POST', `/email-connect/inboxes/${inboxDocumentId}/actions/sync`);
    await until(
      async () => (await lastPassOf(scene, inboxDocumentId)) !== before,
      () => howItIs(scene, inboxDocumentId)
    );
  }
};

const howItIs = async ({ crm, strapi }: Scene, inboxDocumentId: string): Promise<string> => {
  const inbox = await crm.readInbox(inboxDocumentId);
  return `No pass ended: ${JSON.stringify(inbox)}\n${strapi.logs().split('\n').slice(-20).join('\n')}`;
};
