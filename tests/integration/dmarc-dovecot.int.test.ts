import { offerTo, startDovecotScene, us } from '../support/dovecot-scene';
import type { DovecotScene } from '../support/dovecot-scene';
import { takenFromOutside } from '../support/forged-results';
import { describeWith } from '../support/services';

const grace = 'grace@customer.example';
const mallory = 'mallory@elsewhere.example';

/** What a server finds of its sender (RFC 8601), as it writes it on top. */
const found = (result: string, domain: string, server = 'mx.team.example'): string =>
  `Authentication-Results: ${server};\r\n\tdmarc=${result} header.from=${domain}\r\n`;
const outside = takenFromOutside(us.address);

describeWith('dovecot', 'mail whose DMARC failed, on a real Dovecot', () => {
  let stage: DovecotScene;
  let threadDocumentId = '';
  let sentId = '';
  let number = 0;

  const thread = () => stage.scene.crm.readThread(threadDocumentId);
  const trust = (trustedAuthServers: unknown) =>
    stage.scene.strapi.admin.fetch('PUT', `/email-connect/inboxes/${stage.inboxDocumentId}/policy`, {
      policy: 'replies',
      logAddress: '',
      trustedAuthServers,
    });

  /** The marks of an answer, with these fields above what its author wrote. */
  const marksOf = async (above: string, from = grace): Promise<unknown> => {
    const messageId = `answer-${(number += 1)}@customer.example`;
    const fields = {
      'Message-ID': `<${messageId}>`,
      'In-Reply-To': `<${sentId}>`,
      From: from,
      To: us.address,
      Date: new Date().toUTCString(),
      Subject: 'Re: Offer',
    };
    const header = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    await stage.dovecot.deliver(us.address, Buffer.from(`${above}${header.join('')}\r\nYes.`, 'latin1'));
    await stage.pass();
    return (await thread()).messages.find((message) => message.messageId === messageId)?.marks;
  };

  beforeAll(async () => {
    stage = await startDovecotScene([grace]);
    threadDocumentId = await offerTo(stage, grace, 'Grace Miller');
    sentId = (await thread()).messages[0]?.messageId ?? '';
  }, 150_000);
  afterAll(() => stage.end());

  it('S44: is marked where the own server wrote so above the hop from outside', async () => {
    expect(await marksOf(found('fail', 'customer.example') + outside)).toEqual(['dmarc-failed']);
    expect(await marksOf(found('pass', 'customer.example') + outside)).toEqual([]);
  });

  it('S44: is marked beside the mark of whoever is new', async () => {
    const from = `Grace Miller <${mallory}>`;
    expect(await marksOf(found('fail', 'elsewhere.example') + outside, from)).toEqual([
      'dmarc-failed',
      'borrowed-name',
    ]);
    expect(await marksOf(outside, from)).toEqual(['borrowed-name']);
  });

  it.each([
    ['below that hop', outside + found('fail', 'customer.example')],
    ['about another domain', found('fail', 'elsewhere.example') + outside],
    ['by a foreign server', found('fail', 'customer.example', 'mx.evil.example') + outside],
    [
      'below a pass of the own server',
      found('pass', 'customer.example') + outside + found('fail', 'customer.example'),
    ],
  ])('S44: a failure %s brands nothing', async (_, above) => {
    expect(await marksOf(above)).toEqual([]);
  });

  it('S44: a pass that came with the mail whitewashes nothing', async () => {
    const brought = found('pass', 'customer.example');
    expect(await marksOf(found('fail', 'customer.example') + outside + brought)).toEqual(['dmarc-failed']);
  });

  it('S44: the choice whose results are believed holds here too', async () => {
    await trust('nobody');
    expect(await marksOf(found('fail', 'customer.example') + outside)).toEqual([]);
    await trust(['mx.filter.example']);
    expect(await marksOf(found('fail', 'customer.example') + outside)).toEqual([]);
    expect(await marksOf(found('fail', 'customer.example', 'mx.filter.example') + outside)).toEqual([
      'dmarc-failed',
    ]);
  });
});
