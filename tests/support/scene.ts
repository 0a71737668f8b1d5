import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { crmOf } from '../../dev/demo/crm';
import type { Crm } from '../../dev/demo/crm';
import { startStrapiProcess } from '../../dev/strapi/strapi-process';
import type { StrapiProcess } from '../../dev/strapi/strapi-process';

/** Where the mail servers of a scene listen, and whom they trust. */
export interface SceneMail {
  imapsPort: number;
  /** Implicit TLS, or STARTTLS where `smtpTls` says so. */
  smtpPort: number;
  smtpTls: 'implicit' | 'starttls';
  /** PEM; Strapi trusts it as it would an authority's. */
  certificate: string;
}

export interface Scene {
  /** Everything that this Strapi writes is below it. */
  dir: string;
  strapi: StrapiProcess;
  crm: Crm;
  attachmentsDirectory: string;
  /** What the connect form of this mailbox holds. */
  inboxForm(address: string, password: string): Parameters<Crm['connectInbox']>[0];
  /** Starts the same Strapi again on the same data, after `strapi.stop()` or `kill9()`. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

/** A Strapi in production mode with a database and folder of its own, allowed to reach the mail servers on this machine. */
export const startScene = async (mail: SceneMail, env: Record<string, string> = {}): Promise<Scene> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'email-connect-scene-'));
  const certificateFile = path.join(dir, 'trusted.pem');
  await writeFile(certificateFile, mail.certificate);
  const attachmentsDirectory = path.join(dir, 'attachments');
  const start = () =>
    startStrapiProcess({
      dir,
      env: {
        NODE_EXTRA_CA_CERTS: certificateFile,
        EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS: 'localhost',
        EMAIL_CONNECT_ATTACHMENTS_DIRECTORY: attachmentsDirectory,
        ...env,
      },
    });
  const strapi = await start();
  const scene: Scene = {
    dir,
    strapi,
    crm: crmOf(strapi.url, strapi.admin.token),
    attachmentsDirectory,
    inboxForm: (address, password) => {
      const server = { host: 'localhost', username: address, pinnedCertificate: null };
      return {
        label: '',
        address,
        senderName: 'Uma Us',
        provider: 'custom',
        imap: { ...server, port: mail.imapsPort, tls: 'implicit' },
        smtp: { ...server, port: mail.smtpPort, tls: mail.smtpTls },
        imapPassword: password,
        smtpPassword: password,
      };
    },
    restart: async () => {
      scene.strapi = await start();
      scene.crm = crmOf(scene.strapi.url, scene.strapi.admin.token);
    },
    end: async () => {
      await scene.strapi.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return scene;
};
