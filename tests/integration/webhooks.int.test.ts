import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { freePort } from '../../dev/strapi/free-port';
import { newsItem } from '../../src/plugins/email-connect/shared/contracts/news';
import { startMailScene } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';
import { addWebhook } from '../support/scene-database';
import { until } from '../support/until';

const secret = (of: string) => `canary-${of}-${randomBytes(6).toString('hex')}`;
const subject = secret('subject');
const body = secret('body');
const fileName = secret('file');
const content = secret('content');

const ours = newsItem.shape.kind.options.map((kind) => `email-connect.${kind}`);
const events = ['entry.create', 'entry.update', 'entry.delete', 'media.create', 'media.update', ...ours];

describe('S31: what webhooks tell of mail', () => {
  let stage: MailScene;
  let receiver: Server;
  const received: string[] = [];

  beforeAll(async () => {
    const port = await freePort();
    receiver = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      request.on('end', () => {
        received.push(text);
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(port, '127.0.0.1', resolve));
    stage = await startMailScene();
    await stage.scene.strapi.stop();
    // Not by the admin route: in production it takes no address of this machine.
    addWebhook(stage.scene, `http://127.0.0.1:${port}/`, events);
    await stage.scene.restart();
  }, 150_000);
  afterAll(async () => {
    await stage.end();
    await new Promise((resolve) => receiver.close(resolve));
  });

  const heardOf = (event: string) => received.filter((text) => text.includes(`"event":"${event}"`));

  it('Strapi takes a webhook for every event of ours', async () => {
    const webhook = { name: 'Ours', url: 'https://crm.example.com/hook', headers: {}, events: ours };
    const answer = await stage.scene.strapi.admin.fetch('POST', '/admin/webhooks', webhook);
    expect({ status: answer.status, text: await answer.text() }).toMatchObject({ status: 201 });
  });

  it('ids and what happened, and nothing that was written', async () => {
    const { crm } = stage.scene;
    const contactDocumentId = await crm.createContact({
      name: 'Ida',
      email: 'ida@customer.test',
      company: '',
    });
    const { threadDocumentId } = await crm.send({
      contactDocumentId,
      answersDocumentId: null,
      to: ['cleo@customer.test'],
      cc: [],
      bcc: [],
      subject,
      text: body,
      html: `<p>${body}</p>`,
    });
    const attachments = [{ filename: `${fileName}.txt`, content }];
    stage.deliver(await stage.replyTo(subject, { text: body, attachments }));
    await crm.waitForMessages(threadDocumentId, 2, 20_000, () => '');
    await until(
      async () => heardOf('email-connect.message.received').length > 0,
      'No webhook told of the reply.'
    );

    expect(heardOf('email-connect.message.sent')).toHaveLength(1);
    expect(heardOf('email-connect.message.received')).toHaveLength(1);
    expect(heardOf('email-connect.message.received')[0]).toContain(threadDocumentId);
    // Strapi's own events reach this receiver: none of them is about mail.
    const entries = received.filter((text) => text.includes('"event":"entry.'));
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.every((text) => text.includes('"uid":"plugin::email-connect.contact"'))).toBe(true);
    for (const canary of [subject, body, fileName, content])
      expect(received.join('\n')).not.toContain(canary);
    expect(received.filter((text) => text.includes('email-connect.')).join('\n')).not.toContain(
      'cleo@customer.test'
    );
  });
});
