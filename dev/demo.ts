import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WholeThread } from './demo/crm';
import { crmOf } from './demo/crm';
import type { Crm } from './demo/crm';
import { answerAsCustomer } from './demo/customer-inbox';
import { startMailServerProcess } from './demo/mail-server-process';
import type { MailServerProcess } from './demo/mail-server-process';
import { customerPassword, story, timed, us } from './demo/story';
import type { StoryContact, StoryThread } from './demo/story';
import { printTimeline } from './demo/timeline';
import { firstAdmin } from './strapi/strapi-admin';
import { startStrapiProcess } from './strapi/strapi-process';

const WAIT_MS = 30_000;

interface Stage {
  crm: Crm;
  mailServer: MailServerProcess;
  inboxDocumentId: string;
}

const main = async (exitAfterwards: boolean): Promise<void> => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'email-connect-demo-'));
  const addresses = [...story.map(({ email }) => email), timed.contact.email];
  const mailServer = await startMailServerProcess({
    dir: path.join(dir, 'mail'),
    users: [us, ...addresses.map((address) => ({ address, password: customerPassword }))],
  });
  say(
    `mail server  IMAP localhost:${mailServer.imapsPort}, SMTP localhost:${mailServer.smtpsPort}, process ${mailServer.pid}`
  );
  const strapi = await startStrapiProcess({
    dir: path.join(dir, 'strapi'),
    env: {
      NODE_EXTRA_CA_CERTS: mailServer.certificateFile,
      EMAIL_CONNECT_ALLOWED_PRIVATE_HOSTS: 'localhost',
      EMAIL_CONNECT_ALLOWED_PORTS: '1024-65535',
      EMAIL_CONNECT_ATTACHMENTS_DIRECTORY: path.join(dir, 'attachments'),
    },
  });
  say(`Strapi       ${strapi.url}/admin, process ${strapi.pid}`);
  const end = async () => {
    await strapi.stop();
    mailServer.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const crm = crmOf(strapi.url, strapi.admin.token);
    const { documentId } = await crm.connectInbox(inboxForm(mailServer));
    const stage = { crm, mailServer, inboxDocumentId: documentId };
    say(`inbox        ${us.address} is connected`);
    for (const contact of story) await play(stage, contact);
    say(`story        ${story.length} contacts, their mail sent and answered`);
    await closeTheLoop(stage);
  } catch (error) {
    const cause = await mailServerGone(mailServer);
    await end();
    throw cause ? new Error(`${cause} ${messageOf(error)}`, { cause: error }) : error;
  }
  if (exitAfterwards) return end();
  say(
    `\nLook at it: ${strapi.url}/admin\n  login     ${firstAdmin.email}\n  password  ${firstAdmin.password}\nCtrl-C ends it.`
  );
  process.once('SIGINT', () => void end());
};

/**
 * The reason why nothing can work any more; '' while the mail server runs. A connection breaks just before the end of
 * its process is reported.
 */
const mailServerGone = async (mailServer: MailServerProcess): Promise<string> => {
  await sleep(200);
  return mailServer.ended() && `The mail server is gone: ${mailServer.ended()}.`;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const inboxForm = (mailServer: MailServerProcess) => {
  const server = {
    host: 'localhost',
    tls: 'implicit' as const,
    username: us.address,
    pinnedCertificate: null,
  };
  return {
    label: 'Mara',
    address: us.address,
    senderName: us.name,
    provider: 'custom',
    imap: { ...server, port: mailServer.imapsPort },
    smtp: { ...server, port: mailServer.smtpsPort },
    imapPassword: us.password,
    smtpPassword: us.password,
  };
};

const play = async (stage: Stage, contact: StoryContact): Promise<void> => {
  const contactDocumentId = await stage.crm.createContact({
    name: contact.name,
    email: contact.email,
    company: contact.company,
  });
  for (const thread of contact.threads) await playThread(stage, contact, contactDocumentId, thread);
};

const playThread = async (
  stage: Stage,
  contact: StoryContact,
  contactDocumentId: string,
  thread: StoryThread
): Promise<void> => {
  let soFar: WholeThread | null = null;
  for (const [i, mail] of thread.mails.entries()) {
    if (i % 2 === 0) {
      const sent = await stage.crm.send(
        {
          ...mailTo(contact.email, thread.subject, mail.text),
          contactDocumentId,
          answersDocumentId: soFar?.messages.at(-1)?.documentId ?? null,
        },
        mail.files
      );
      soFar = await stage.crm.readThread(sent.threadDocumentId);
    } else if (soFar) {
      await answer(stage, contact, thread.subject, mail);
      soFar = await waitFor(stage, soFar.documentId, i + 1);
    }
  }
};

const mailTo = (address: string, subject: string, text: string) => ({
  to: [address],
  cc: [],
  bcc: [],
  subject,
  text,
  html: '',
});

const answer = (
  stage: Stage,
  from: { name: string; email: string },
  subject: string,
  mail: StoryThread['mails'][number]
): Promise<Date> =>
  answerAsCustomer(
    stage.mailServer,
    { name: from.name, address: from.email, password: customerPassword },
    subject,
    {
      text: mail.text,
      attachments: (mail.files ?? []).map(({ fileName, ...file }) => ({ filename: fileName, ...file })),
    }
  );

/** The loop: sent from a contact, answered by the customer with a file, visible on the contact. */
const closeTheLoop = async (stage: Stage): Promise<void> => {
  const contactDocumentId = await stage.crm.createContact(timed.contact);
  const sent = await stage.crm.send({
    ...mailTo(timed.contact.email, timed.subject, timed.text),
    contactDocumentId,
    answersDocumentId: null,
  });
  const sentAt = await answer(stage, timed.contact, timed.subject, {
    text: timed.reply.text,
    files: [timed.reply.file],
  });
  const thread = await waitFor(stage, sent.threadDocumentId, 2);
  const visibleAfterMs = Date.now() - sentAt.getTime();
  if (
    !thread.messages[1]?.attachments.some(
      ({ fileName, state }) => fileName === timed.reply.file.fileName && state === 'stored'
    )
  ) {
    throw new Error('The reply is there, but its attachment is not.');
  }
  printTimeline(timed.contact.name, thread);
  say(`from the customer's send to visible on the contact: ${visibleAfterMs} ms`);
};

const waitFor = async (stage: Stage, threadDocumentId: string, count: number): Promise<WholeThread> => {
  try {
    return await stage.crm.waitForMessages(threadDocumentId, count, WAIT_MS, stage.mailServer.ended);
  } catch (error) {
    const { state, stateCode, stateReason } = await stage.crm.readInbox(stage.inboxDocumentId);
    throw new Error(`${messageOf(error)} The inbox is "${state}" ${stateCode} ${stateReason}`, {
      cause: error,
    });
  }
};

const say = (line: string) => process.stdout.write(`${line}\n`);

main(process.argv.includes('--exit')).catch((error: unknown) => {
  process.stderr.write(`\nThe loop did not close. ${messageOf(error)}\n`);
  process.exit(1);
});
