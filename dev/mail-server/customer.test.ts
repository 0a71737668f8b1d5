import { simpleParser } from 'mailparser';
import { replyTo } from './customer';
import { mail } from './test-server';

const from = { name: 'Bob Buyer', address: 'bob@customer.example' };

const reply = async (original: string, options: Partial<Parameters<typeof replyTo>[1]> = {}) => {
  const raw = await replyTo(Buffer.from(original), { from, text: 'Yes, please.', ...options });
  return { raw: raw.toString(), parsed: await simpleParser(raw) };
};

describe('a customer’s reply', () => {
  it('refers to the original and all before it, oldest first', async () => {
    const original = `References: <1@x>\r\n <2@x>\r\nIn-Reply-To: <2@x>\r\n${mail('Offer', '<3@x>')}`;
    const { parsed, raw } = await reply(original);
    expect(parsed.inReplyTo).toBe('<3@x>');
    expect(parsed.references).toEqual(['<1@x>', '<2@x>', '<3@x>']);
    expect(parsed.messageId).toMatch(/@customer\.example>$/);
    expect(raw).toMatch(/^In-Reply-To: <3@x>\r$/m);
  });

  it('takes the In-Reply-To of an original without References (RFC 5322 section 3.6.4)', async () => {
    const { parsed } = await reply(`In-Reply-To: <2@x>\r\n${mail('Offer', '<3@x>')}`);
    expect(parsed.references).toEqual(['<2@x>', '<3@x>']);
  });

  it('to a message without Message-ID refers to nothing', async () => {
    const { parsed } = await reply('From: ann@crm.test\r\nSubject: x\r\n\r\nhello\r\n');
    expect([parsed.inReplyTo, parsed.references]).toEqual([undefined, undefined]);
  });

  it('goes to Reply-To before From, with one Re:', async () => {
    const { parsed } = await reply(`Reply-To: Sales <sales@crm.test>\r\n${mail('Re: Offer', '<3@x>')}`);
    expect(parsed.subject).toBe('Re: Offer');
    expect([parsed.to].flat()[0]?.value[0]?.address).toBe('sales@crm.test');
    expect((await reply(mail('Offer', '<3@x>'))).parsed.subject).toBe('Re: Offer');
    expect(parsed.from?.text).toBe('"Bob Buyer" <bob@customer.example>');
  });

  it('quotes the original below what is new', async () => {
    const { parsed } = await reply(mail('Offer', '<3@x>', 'First\r\n\r\n> older\r\n'), {
      html: '<p>Yes</p>',
    });
    expect(parsed.text).toMatch(
      /^Yes, please\.\n\nOn Tue, 17 Jul 2018 .* Ann wrote:\n> First\n> \n>> older\n/
    );
    expect(parsed.html).toMatch(/^<p>Yes<\/p><br><div class="gmail_quote">.*wrote:.*<blockquote/);
  });

  it('carries its files', async () => {
    const content = Buffer.from([0, 1, 2, 255]);
    const { parsed } = await reply(mail('Offer', '<3@x>'), {
      attachments: [{ filename: 'Größe 1.bin', content }],
    });
    expect(parsed.attachments.map((file) => [file.filename, file.content])).toEqual([
      ['Größe 1.bin', content],
    ]);
  });

  it('to nobody is refused', async () => {
    await expect(reply('Subject: x\r\n\r\nhello')).rejects.toThrow('nobody to answer');
  });
});
