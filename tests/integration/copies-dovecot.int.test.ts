import MailComposer from 'nodemailer/lib/mail-composer';
import { z } from 'zod';
import { crmOf } from '../../dev/demo/crm';
import {
  message as messageContract,
  messagePage,
} from '../../src/plugins/email-connect/shared/contracts/message';
import type { Message } from '../../src/plugins/email-connect/shared/contracts/message';
import { adminClient } from '../support/admin-client';
import type { AdminClient } from '../support/admin-client';
import { addAdminUser } from '../support/admin-user';
import { customerPassword, offerTo, passOf, startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { expectPrivate } from '../support/expect-private';
import { onContacts, ours } from '../support/mail-as';
import { filesBelow, filesHolding } from '../support/search-files';
import { describeWith } from '../support/services';
import { readsBody, readTranscript } from '../support/transcript';
import { ask } from '../support/unlogged-scene';
import { until } from '../support/until';

const grace = 'grace@customer.example';
const vicsAddress = 'vic@team.example';
/** Both get what comes to it; it is nobody's inbox. */
const sales = 'sales@team.example';

const order = (what: string): string =>
  [
    'Dear all,',
    '',
    `we would like to order ${what} of the larger ones – grün, if there are any left – and have them brought to our house in Graz.`,
    'Please tell us what that comes to, and whether it is there before Easter.',
    '',
    'Kind regards',
    'Grace',
  ].join('\n');

interface Written {
  id: string;
  text: string;
  html?: string;
  file?: string;
  encoding?: 'quoted-printable' | 'base64';
}

interface Seen {
  compares: number;
  isDue: boolean;
}

describeWith('dovecot', 'S41: a copy that names nobody on a real Dovecot', () => {
  let stage: DovecotScene;
  let thread = '';
  let offerId = '';
  let vic: AdminClient;
  /** Reads all contacts, and has no inbox. */
  let mia: AdminClient;
  let vicsInbox = '';

  const date = new Date();
  /** Grace's answer to `sales`; the same `id`, date and subject whatever it says. */
  const answer = ({ id, text, html, file, encoding }: Written): Promise<Buffer> =>
    new MailComposer({
      from: grace,
      to: sales,
      subject: `Re: Offer`,
      date,
      messageId: `<${id}@customer.example>`,
      inReplyTo: `<${offerId}>`,
      text,
      ...(html === undefined ? {} : { html }),
      ...(encoding ? { textEncoding: encoding } : {}),
      attachments: file === undefined ? [] : [{ filename: 'plan.pdf', content: file }],
    })
      .compile()
      .build();

  const toUma = async (written: Written): Promise<Message> => {
    await stage.dovecot.deliver(us.address, await answer(written));
    return until(async () => {
      const { messages } = await stage.scene.crm.readThread(thread);
      return messages.find(({ messageId }) => messageId === `${written.id}@customer.example`);
    }, `${written.id} was not logged.`);
  };
  const copiesInVics = async ({ documentId }: Message): Promise<Seen[]> =>
    z
      .array(z.object({ compares: z.number().nullable(), compare_at: z.number().nullable() }))
      .parse(
        await stage.scene.rows(
          `select compares, compare_at from email_connect_locations where message_document_id = '${documentId}' and inbox_document_id = '${vicsInbox}' order by id`
        )
      )
      .map((row) => ({ compares: row.compares ?? 0, isDue: row.compare_at !== null }));
  /** Resolves when the newest of so many copies was compared. */
  const toVic = async (message: Message, raw: Buffer | string, copies = 1): Promise<void> => {
    await stage.dovecot.deliver(vicsAddress, raw);
    await until(
      async () => {
        const seen = await copiesInVics(message);
        return seen.length === copies && seen.every(({ isDue, compares }) => !isDue && compares > 0);
      },
      async () => `The copy was not compared: ${JSON.stringify(await copiesInVics(message))}`
    );
  };
  const seenBy = async (caller: AdminClient): Promise<string[]> => {
    const path = `/threads/${thread}/messages`;
    if ((await caller.call('GET', `/email-connect${path}`)).status === 404) return [];
    const page = await ask({ admin: caller }, messagePage, 'GET', path);
    return page.messages.map(({ documentId }) => documentId);
  };
  const bodiesOfVic = async (): Promise<number> =>
    (await stage.dovecot.sessions(vicsAddress))
      .flatMap((session) => readTranscript(session).fetches)
      .filter(readsBody).length;

  beforeAll(async () => {
    stage = await startDovecotScene([grace, vicsAddress]);
    const { url, admin } = stage.scene.strapi;
    const client = async (name: string, actions: Parameters<typeof addAdminUser>[2]) => {
      const token = await addAdminUser(admin, name, actions);
      return { admin: adminClient(url, token), crm: crmOf(url, token) };
    };
    const asVic = await client('vic', ours('threads.read', 'inboxes.read', 'inboxes.connect'));
    vic = asVic.admin;
    mia = (await client('mia', [...ours('threads.read'), onContacts('read')])).admin;
    thread = await offerTo(stage, grace, 'Grace');
    offerId = (await stage.scene.crm.readThread(thread)).messages[0]?.messageId ?? '';
    ({ documentId: vicsInbox } = await asVic.crm.connectInbox(
      stage.scene.inboxForm(vicsAddress, customerPassword)
    ));
    await until(
      async () => (await stage.scene.crm.readInbox(vicsInbox)).lastPassAt,
      'The inbox of Vic is not read.'
    );
    await vic.call('PUT', `/email-connect/inboxes/${vicsInbox}/level`, { level: 'private' });
  }, 150_000);
  afterAll(async () => {
    await expectPrivate(stage.dovecot, vicsAddress, stage.scene);
    await stage.end();
  });

  test('w80: whoever gets it by an alias sees it, whatever servers did to it on the way, and hides nothing', async () => {
    const file = 'The plan. '.repeat(20);
    const written = { id: 'alias', text: order('twelve'), html: `<p>${order('twelve')}</p>`, file };
    const message = await toUma({ ...written, encoding: 'quoted-printable' });
    expect(await seenBy(vic)).toEqual([]);
    const copy = await answer({ ...written, encoding: 'base64' });
    await toVic(
      message,
      `Received: from alias.team.example by mx.team.example; ${date.toUTCString()}\r\n${copy.toString('latin1')}`
    );
    expect(await seenBy(vic)).toEqual([message.documentId]);
    const told = await ask({ admin: vic }, messageContract, 'GET', `/messages/${message.documentId}`);
    expect(told).toMatchObject({
      text: expect.stringContaining('twelve'),
      attachments: [{ fileName: 'plan.pdf' }],
    });
    expect(await seenBy(mia)).toContain(message.documentId);
    const forMia = await ask({ admin: mia }, messageContract, 'GET', `/messages/${message.documentId}`);
    expect(forMia).toMatchObject({ level: 'full' });
  }, 60_000);

  test('w80: so does whoever gets a mail by it that was written here', async () => {
    const [contactDocumentId = ''] = (await stage.scene.crm.readThread(thread)).contacts.map(
      ({ documentId }) => documentId
    );
    const text = `${order('twenty')}\n\n  Grüße 🎉\n`;
    const html = `<div style="color:#123">${order('twenty').replaceAll('\n', '<br>')}</div><p>Grüße 🎉</p>`;
    const content = Buffer.from(Array.from({ length: 20_000 }, (_, at) => (at * 7) % 256));
    const { messageDocumentId } = await stage.scene.crm.send(
      {
        contactDocumentId,
        answersDocumentId: null,
        to: [grace, sales],
        cc: [],
        bcc: [],
        subject: 'Our offer',
        text,
        html,
      },
      [{ fileName: 'Angebot für Grace.pdf', contentType: 'application/pdf', content }]
    );
    const mail = await until(
      async () =>
        stage.relay.mails.find(({ rcptTo, raw }) => rcptTo.includes(sales) && raw.includes('Our offer')),
      'It was not sent.'
    );
    const sees = async () => (await vic.call('GET', `/email-connect/messages/${messageDocumentId}`)).status;
    expect(await sees()).toBe(404);
    await stage.dovecot.deliver(vicsAddress, mail.raw);
    await until(async () => (await sees()) === 200, 'Vic does not see it.');
  }, 60_000);

  test('w50, w81: a forged copy gives nothing, whatever it says, and is kept nowhere', async () => {
    const message = await toUma({ id: 'forged', text: order('thirty') });
    const canary = 'canary4c1f0d7b2a';
    const said = order(`thirty-one ${canary}`);
    await toVic(message, await answer({ id: 'forged', text: said, file: `${canary} `.repeat(2_000) }));
    const [header = ''] = (await answer({ id: 'forged', text: order('thirty') }))
      .toString('latin1')
      .split('\r\n\r\n');
    await toVic(message, `${header}\r\n\r\n`, 2);
    await toVic(message, await answer({ id: 'forged', text: `${order('thirty')}\n-- \nA list` }), 3);
    expect(await seenBy(vic)).not.toContain(message.documentId);
    expect(await copiesInVics(message)).toEqual([1, 1, 1].map((compares) => ({ compares, isDue: false })));
    expect(filesHolding(canary, filesBelow(stage.scene.dir))).toEqual([]);
    const bodies = await bodiesOfVic();
    await passOf(stage.scene, vicsInbox);
    expect(await bodiesOfVic()).toBe(bodies);
  }, 60_000);

  test('w82: nor does a true copy of what anybody could guess, and it is not read', async () => {
    const written = { id: 'short', text: 'Dear all,\n\nyes, please.\n\nKind regards\nGrace' };
    const message = await toUma(written);
    const bodies = await bodiesOfVic();
    await toVic(message, await answer(written));
    expect(await seenBy(vic)).not.toContain(message.documentId);
    expect(await bodiesOfVic()).toBe(bodies);
  }, 60_000);
});
