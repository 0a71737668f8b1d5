import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { replyTo, startMailServer } from '../../dev/mail-server';
import type { MailServer } from '../../dev/mail-server';
import type { InboxAnswer } from '../../src/plugins/email-connect/shared/contracts/inbox';
import type {
  Message,
  MessagePage,
  MessagePageRequest,
  SendMessageAnswer,
} from '../../src/plugins/email-connect/shared/contracts/message';
import { makeCertificate } from '../support/certificates';
import { startStrapi } from '../support/strapi-app';
import type { TestStrapi } from '../support/strapi-app';
import { until } from '../support/until';

jest.setTimeout(60_000);

const us = { address: 'uma@crm.test', password: 'correct horse battery' };
const cleo = { address: 'cleo@customer.test', password: 'cleo-secret' };
const contactType = 'plugin::email-connect.contact';
const canaries = ['subject-canary', 'sent-canary', 'reply-canary', 'file-canary', us.password];

let app: TestStrapi;
let server: MailServer;
let threadDocumentId: string;
let sink: Server;
/** All that Strapi emitted, and all that its webhooks posted, since the contact was made. */
const emitted: { event: string; payload: unknown }[] = [];
const posted: { event: string }[] = [];

interface Services {
  engine: { start(): Promise<void> };
  inboxes: {
    connect(
      form: object,
      actor: { documentId: string; managesAll: boolean },
      signal: AbortSignal
    ): Promise<InboxAnswer>;
  };
  messages: { send(message: object): Promise<SendMessageAnswer> };
  threads: {
    readMessages(threadDocumentId: string, request: MessagePageRequest): Promise<MessagePage>;
    readMessage(documentId: string): Promise<Message>;
  };
  settings: { read(documentId: string): Promise<{ consentTextVersion: string }> };
}

const service = <Name extends keyof Services>(strapi: Core.Strapi, name: Name): Services[Name] =>
  strapi.plugin('email-connect').service(name);

const startSink = async (): Promise<string> => {
  sink = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      posted.push(z.looseObject({ event: z.string() }).parse(JSON.parse(body)));
      response.end();
    });
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const address = sink.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return `http://127.0.0.1:${address.port}`;
};

const newest = { before: null, limit: 100 };

const waitForMessages = async (threadDocumentId: string, count: number): Promise<MessagePage> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    const page = await service(app.strapi, 'threads').readMessages(threadDocumentId, newest);
    if (page.messages.length >= count) return page;
  }
  throw new Error(`The conversation still has fewer than ${count} messages.`);
};

beforeAll(async () => {
  const tls = await makeCertificate();
  server = await startMailServer({ users: [us, cleo], tls });
  const config = { allowedPrivateHosts: ['localhost'], allowedPorts: ['1024-65535'] };
  const plugins = { 'email-connect': { enabled: true, config } };
  app = await startStrapi({ database: 'sqlite', name: 'events', plugins });
  const { strapi } = app;
  const contact = await strapi.documents(contactType).create({ data: { name: 'Cleo', email: cleo.address } });

  const webhook = {
    id: 'sink',
    name: 'sink',
    url: await startSink(),
    headers: {},
    isEnabled: true,
    events: [
      'entry.create',
      'entry.update',
      'entry.delete',
      'entry.publish',
      'media.create',
      'email-connect.message.received',
      'email-connect.message.sent',
      'email-connect.inbox.changed',
    ],
  };
  strapi.get('webhookRunner').add(webhook);
  strapi.eventHub.subscribe(async (event: string, payload: unknown) => {
    emitted.push({ event, payload });
  });

  const servers = { host: 'localhost', username: us.address, pinnedCertificate: tls.fingerprint };
  await service(strapi, 'engine').start();
  await service(strapi, 'inboxes').connect(
    {
      label: '',
      address: us.address,
      senderName: 'Uma Us',
      provider: 'custom',
      imap: { ...servers, port: server.imapsPort, tls: 'implicit' },
      smtp: { ...servers, port: server.smtpsPort, tls: 'implicit' },
      imapPassword: us.password,
      smtpPassword: us.password,
      ...(await service(strapi, 'settings').read('owner')),
    },
    { documentId: 'owner', managesAll: false },
    new AbortController().signal
  );
  ({ threadDocumentId } = await service(strapi, 'messages').send({
    senderDocumentId: 'owner',
    contact: { contactType, documentId: contact.documentId },
    answersDocumentId: null,
    to: [cleo.address],
    cc: [],
    bcc: [],
    files: [],
    subject: 'subject-canary',
    text: 'sent-canary',
    html: '',
  }));
  const [original] = server.mailbox(cleo.address).messages('INBOX');
  if (!original) throw new Error('Cleo got no mail.');
  const attachments = [{ filename: 'file-canary.txt', content: 'file-canary' }];
  const reply = { from: cleo.address, text: 'reply-canary', attachments };
  server.mailbox(us.address).append('INBOX', await replyTo(original.raw, reply));
  const { messages } = await waitForMessages(threadDocumentId, 2);
  expect(messages[1]?.attachments).toHaveLength(1);
  const { text } = await service(strapi, 'threads').readMessage(messages[1]?.documentId ?? '');
  expect(text).toContain('reply-canary');
  // The listeners of one event run one after the other, behind the commit.
  const changed: Record<string, string> = { name: 'Cleo C.' };
  await strapi.documents(contactType).update({ documentId: contact.documentId, data: changed });
  for (const name of ['entry.update', 'email-connect.message.received'])
    await until(async () => posted.some(({ event }) => event === name), `Not posted: ${name}`);
}, 150_000);

afterAll(async () => {
  await app.stop();
  await server.close();
  sink.close();
});

describe('S31: what leaves the CRM when mail is logged', () => {
  it('no event and no webhook holds a word of a mail, nor a password', () => {
    expect(emitted.length).toBeGreaterThan(0);
    const told = JSON.stringify({ emitted, posted });
    for (const canary of canaries) expect(told).not.toContain(canary);
  });

  it('no entry event tells of mail: the webhook heard of the contact that was changed, and of nothing else', () => {
    const entries = posted.filter(({ event }) => event.startsWith('entry.'));
    expect(entries).toEqual([expect.objectContaining({ event: 'entry.update', uid: contactType })]);
    expect(emitted.filter(({ event }) => /^(entry|media)\./.test(event)).map(({ event }) => event)).toEqual([
      'entry.update',
    ]);
  });

  it('our own events are ids and nothing more', () => {
    const ours = emitted.filter(({ event }) => event.startsWith('email-connect.message.'));
    expect(ours.map(({ event }) => event).sort()).toEqual([
      'email-connect.message.received',
      'email-connect.message.sent',
    ]);
    const id = expect.stringMatching(/^[a-z0-9]{24}$/);
    for (const { event, payload } of ours) {
      expect(payload).toEqual({
        kind: event.replace('email-connect.', ''),
        inboxDocumentId: id,
        threadDocumentId: id,
        messageDocumentId: id,
        contacts: [{ contactType, documentId: id }],
      });
    }
    expect(posted.filter(({ event }) => event === 'email-connect.message.received')).toEqual([
      expect.objectContaining({ threadDocumentId: id }),
    ]);
  });
});

describe('S47: a listener that hangs', () => {
  it('holds up no mail', async () => {
    const heard: unknown[] = [];
    app.strapi.eventHub.on('email-connect.message.received', (payload: unknown) => {
      heard.push(payload);
      return new Promise(() => undefined);
    });
    const [original] = server.mailbox(cleo.address).messages('INBOX');
    if (!original) throw new Error('Cleo got no mail.');
    for (const count of [3, 4]) {
      const reply = await replyTo(original.raw, { from: cleo.address, text: `Answer ${count}.` });
      server.mailbox(us.address).append('INBOX', reply);
      await waitForMessages(threadDocumentId, count);
    }
    expect(heard.length).toBeGreaterThan(0);
  });
});
