import { setTimeout as sleep } from 'node:timers/promises';
import { startDovecotScene, us } from '../../tests/support/dovecot-scene';
import type { DovecotScene } from '../../tests/support/dovecot-scene';
import { contentApi } from '../../tests/support/content-api';
import type { ContentApi } from '../../tests/support/content-api';
import { bareImapflow } from '../bare-imapflow';
import { composeLetter } from '../compose';
import { printRows, quantile } from '../report';

const DELIVERIES = 40;
const customer = 'grace@customer.example';

/** A separate connection that idles in the same INBOX, and when the server last told it of mail. */
const listener = async (stage: DovecotScene) => {
  const client = await bareImapflow(stage.dovecot, { user: us.address, pass: us.password }, { idles: true });
  let told: (at: number) => void = () => undefined;
  client.on('exists', () => told(performance.now()));
  void client.idle({ whenFree: true });
  return {
    next: () => new Promise<number>((resolve) => (told = resolve)),
    close: () => client.logout(),
  };
};

const main = async (): Promise<void> => {
  const stage = await startDovecotScene([customer]);
  try {
    const { strapi } = stage.scene;
    const permissions = ['plugin::email-connect.email-message.find'];
    const api = contentApi(strapi.url, await strapi.admin.apiToken({ type: 'custom', permissions }));
    const contactDocumentId = await stage.scene.crm.createContact({
      name: 'Grace',
      email: customer,
      company: '',
    });
    const { threadDocumentId } = await stage.scene.crm.send({
      contactDocumentId,
      answersDocumentId: null,
      to: [customer],
      cc: [],
      bcc: [],
      subject: 'Offer',
      text: 'What do you say?',
      html: '',
    });
    const sentId = (await stage.scene.crm.readThread(threadDocumentId)).messages[0]?.messageId ?? '';
    const bare = await listener(stage);
    const differences: number[] = [];
    const told: number[] = [];
    const visible: number[] = [];
    for (let number = 1; number <= DELIVERIES; number += 1) {
      const raw = composeLetter({ number, answers: [sentId], textBytes: 2_000, fileBytes: 0 });
      const messageId = /^Message-ID: <(.*)>/m.exec(raw)?.[1] ?? '';
      const heard = bare.next();
      await stage.dovecot.deliver(us.address, raw);
      const delivered = performance.now();
      const seen = untilVisible(api, messageId);
      told.push((await heard) - delivered);
      visible.push((await seen) - delivered);
      differences.push((visible.at(-1) ?? 0) - (told.at(-1) ?? 0));
      await sleep(300);
    }
    await bare.close();
    const p95 = quantile(differences, 0.95);
    const ms = (value: number) => `${Math.round(value)} ms`;
    printRows([
      {
        work: `delivery to visible in the content API, IDLE, p95 of ${DELIVERIES}`,
        ours: ms(quantile(visible, 0.95)),
        against: `the IDLE event of a bare imapflow connection ${ms(quantile(told, 0.95))}`,
        ratio: `${ms(p95)} more, one delivery with the same (median ${ms(quantile(differences, 0.5))})`,
        reach: 'at most 150 ms more',
        reached: p95 <= 150,
      },
    ]);
  } finally {
    await stage.end();
  }
};

const untilVisible = async (api: ContentApi, messageId: string): Promise<number> => {
  const path = `/messages?filters[messageId][$eq]=${encodeURIComponent(messageId)}&fields[0]=documentId`;
  while ((await api.list(path)).data.length === 0) await sleep(3);
  return performance.now();
};

void main();
