import { createTransport } from 'nodemailer';
import type { Page } from 'playwright-core';
import { replyTo, selfSignedCertificate, startMailServer } from '../../../dev/mail-server';
import type { Certificate, CustomerReply, MailServer } from '../../../dev/mail-server';
import { firstAdmin } from '../../../dev/strapi/strapi-admin';
import { logIn, openBrowser } from '../../support/browser';
import type { OpenBrowser } from '../../support/browser';
import { click } from '../../support/browser-mouse';
import { startScene } from '../../support/scene';
import type { Scene } from '../../support/scene';
import { putOlderMail } from './older-mail';
import { jonas, lena, us, workshop } from './people';

/** One Strapi, one browser that is logged in, and the mail servers of this story. */
export interface Stage {
  scene: Scene;
  browser: OpenBrowser;
  page: Page;
  /** Its certificate is trusted as an authority's would be. */
  mail: MailServer;
  /** Self-signed for the same host name, trusted by nobody. */
  untrusted: { mail: MailServer; certificate: Certificate };
  lenaDocumentId: string;
  /** Opens a page of the admin by its path below /admin. */
  open(path: string): Promise<void>;
  /** A page of a browser profile of its own, which is not logged in; the caller closes its context. */
  otherPage(): Promise<Page>;
  /** Opens Lena's record in the Content Manager. */
  openContact(): Promise<void>;
  /** Lena answers the newest mail in her inbox with her own mail client, or, with a `from`, somebody else does. */
  lenaReplies(reply: Omit<CustomerReply, 'from'> & Partial<CustomerReply>): Promise<void>;
  end(): Promise<void>;
}

const contactType = 'plugin::email-connect.contact';

const newestOf = (mail: MailServer, address: string): Buffer => {
  const newest = mail.mailbox(address).messages('INBOX').at(-1);
  if (!newest) throw new Error(`No mail has reached ${address}.`);
  return newest.raw;
};

const submitAsLena = async (mail: MailServer, certificate: Certificate, raw: Buffer): Promise<void> => {
  const transport = createTransport({
    host: 'localhost',
    port: mail.smtpsPort,
    secure: true,
    tls: { ca: certificate.cert },
    auth: { user: lena.address, pass: lena.password },
  });
  await transport.sendMail({ raw, envelope: { from: lena.address, to: us.address } });
  transport.close();
};

/** Starts all of it, with the contact Lena Hartmann in the CRM and no inbox connected. */
export const startStage = async (): Promise<Stage> => {
  const tidying: (() => Promise<unknown>)[] = [];
  const end = async () => {
    for (const tidy of tidying.reverse()) await tidy();
  };
  try {
    const certificate = await selfSignedCertificate(['localhost']);
    const otherCertificate = await selfSignedCertificate(['localhost']);
    const mail = await startMailServer({ users: [us, lena, jonas], tls: certificate });
    tidying.push(mail.close);
    putOlderMail(mail);
    const otherMail = await startMailServer({ users: [workshop], tls: otherCertificate });
    tidying.push(otherMail.close);
    const scene = await startScene({
      imapsPort: mail.imapsPort,
      smtpPort: mail.smtpsPort,
      smtpTls: 'implicit',
      certificate: certificate.cert,
    });
    tidying.push(scene.end);
    const browser = await openBrowser();
    tidying.push(browser.close);
    const { page } = browser;
    page.setDefaultTimeout(30_000);
    await logIn(page, scene.strapi.url, firstAdmin.email, firstAdmin.password);
    // News about Strapi itself, not part of any picture.
    await click(page.getByRole('button', { name: 'Close' }).first());
    const lenaDocumentId = await scene.crm.createContact({
      name: lena.name,
      email: lena.address,
      company: 'Hartmann Cycles',
    });
    const open = async (path: string) => {
      await page.goto(`${scene.strapi.url}/admin${path}`);
    };
    return {
      scene,
      browser,
      page,
      mail,
      untrusted: { mail: otherMail, certificate: otherCertificate },
      lenaDocumentId,
      open,
      otherPage: async () => {
        const context = await page.context().browser()?.newContext();
        if (!context) throw new Error('The browser is gone.');
        return context.newPage();
      },
      openContact: () => open(`/content-manager/collection-types/${contactType}/${lenaDocumentId}`),
      lenaReplies: async (reply) => {
        const raw = await replyTo(newestOf(mail, lena.address), {
          from: { name: lena.name, address: lena.address },
          ...reply,
        });
        await submitAsLena(mail, certificate, raw);
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
};
