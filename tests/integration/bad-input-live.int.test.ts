import { readFileSync } from 'node:fs';
import type { Message } from '../../src/plugins/email-connect/shared/contracts/message';
import { startMailScene, us } from '../support/mail-scene';
import type { MailScene } from '../support/mail-scene';

const MEGABYTE = 1024 * 1024;
const WAIT_MS = 60_000;

jest.setTimeout(90_000);

let mail: MailScene;

beforeAll(async () => {
  mail = await startMailScene();
}, 150_000);

afterAll(async () => {
  expect(mail.server.unexpectedErrors).toEqual([]);
  await mail.end();
});

/** Whatever came, Strapi is up, the inbox is well and nothing lies in quarantine. */
afterEach(async () => {
  expect((await fetch(`${mail.scene.strapi.url}/_health`)).status).toBe(204);
  const inbox = await mail.waitForInbox('was ok again', ({ state }) => state === 'ok');
  expect(inbox.quarantined).toBe(0);
});

interface Reply {
  /** null: no Message-ID. */
  messageId?: string | null;
  headers?: string[];
  subject?: string;
  /** Body with its own Content-* header fields in front. */
  content: string | Buffer;
}

let replies = 0;

/** Bytes of a reply to the mail that Cleo got, written by hand so that anything can be wrong with them. */
const replyBytes = (subject: string, { messageId, headers = [], content, ...rest }: Reply): Buffer => {
  replies += 1;
  const original = /^Message-ID: (.*)$/im.exec(mail.received(subject).toString('latin1'))?.[1] ?? '';
  const id = messageId === undefined ? `<reply-${replies}@customer.test>` : messageId;
  const head = [
    'From: Cleo <cleo@customer.test>',
    `To: ${us.address}`,
    `Subject: ${rest.subject ?? `Re: ${subject}`}`,
    `Date: Mon, 2 Mar 2026 10:00:${String(replies % 60).padStart(2, '0')} +0000`,
    ...(id === null ? [] : [`Message-ID: ${id}`]),
    `In-Reply-To: ${original.trim()}`,
    'MIME-Version: 1.0',
    ...headers,
  ].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), Buffer.from(content)]);
};

/** Sends a mail, delivers Cleo's answers to it, and gives what was logged of them. */
const loggedReplies = async (subject: string, ...answers: Reply[]): Promise<Message[]> => {
  const { threadDocumentId } = await mail.send(subject);
  for (const answer of answers) mail.deliver(replyBytes(subject, answer));
  const { messages } = await mail.waitForMessages(threadDocumentId, answers.length + 1);
  expect(messages).toHaveLength(answers.length + 1);
  return messages.slice(1);
};

const plain = (text: string) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;

describe('P5: replies without a Message-ID of their own', () => {
  it('none at all is logged', async () => {
    const [reply] = await loggedReplies('No id', { messageId: null, content: plain('I have no id') });
    expect(reply).toMatchObject({ messageId: null, text: expect.stringContaining('I have no id') });
  });

  it('c32: the same id on two different mails gives two messages', async () => {
    const messageId = '<same@customer.test>';
    const logged = await loggedReplies(
      'Same id',
      { messageId, content: plain('the first of two') },
      { messageId, content: plain('the second of two') }
    );
    expect(logged.map(({ text }) => text.trim()).sort()).toEqual(['the first of two', 'the second of two']);
  });
});

describe('S23: a broken MIME tree', () => {
  const nested = (levels: number): string => {
    let body = plain('the innermost text');
    for (let level = 0; level < levels; level += 1) {
      const boundary = `b${level}`;
      body = `Content-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n--${boundary}\r\n${body}\r\n--${boundary}--\r\n`;
    }
    return body;
  };
  const parts = (count: number): string => {
    const files = Array.from(
      { length: count },
      (_, i) =>
        `--b\r\nContent-Type: text/plain; name=f${i}.txt\r\nContent-Disposition: attachment; filename=f${i}.txt\r\n\r\n${i}\r\n`
    );
    return `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain('before the files')}${files.join('')}--b--\r\n`;
  };

  it.each<[string, string, RegExp]>([
    [
      'whose boundary never comes',
      'Content-Type: multipart/mixed; boundary="nowhere"\r\n\r\nlost between the boundaries\r\n',
      /lost between the boundaries/,
    ],
    [
      'that ends in the middle of a part',
      `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain('cut off here').trimEnd()}`,
      /cut off here/,
    ],
    ['without a boundary parameter', 'Content-Type: multipart/mixed\r\n\r\nno parameter\r\n', /no parameter/],
    ['of 200 levels', nested(200), /the innermost text|Content-Type/],
    ['of 2,000 parts', parts(2000), /before the files/],
    ['with no body', '\r\n', /^\s*$/],
  ])('%s', async (what, content, text) => {
    const [reply] = await loggedReplies(`Tree ${what}`, { content });
    const whole = `${reply?.text}`;
    expect(reply?.attachments.length ?? 0).toBeLessThanOrEqual(2000);
    expect(whole).toMatch(text);
  });
});

describe('S37: hostile content', () => {
  it('HTML is stored without scripts, handlers and frames, and has its text', async () => {
    const html = [
      '<p onclick="steal()">Hello <b onmouseover=steal()>you</b></p>',
      '<script>steal()</script><svg onload=steal()><style>*{background:url(//evil.test)}</style>',
      '<a href="javascript:steal()">click</a><iframe src="//evil.test"></iframe>',
      '<img src=x onerror=steal()><form action="//evil.test"><input name=a></form>',
      '<a href=" java\nscript:steal()">again</a><object data="//evil.test"></object>',
      '<base href="//evil.test"><meta http-equiv=refresh content="0;url=//evil.test">',
    ].join('\r\n');
    const content = `Content-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n`;
    const [reply] = await loggedReplies('Hostile', { content });
    expect(reply?.html).not.toMatch(
      /script|steal|onclick|onerror|onload|onmouse|<iframe|<form|<object|<base|<meta|<svg/i
    );
    expect(reply?.html).toContain('Hello');
    expect(reply?.text).toMatch(/Hello you/);
    expect(reply?.text).not.toMatch(/steal\(\)/);
  });

  it('NUL and lone surrogates, in subject, name and text, are stored as something a database takes', async () => {
    const utf16 = Buffer.from('before\ud800after\0end', 'utf16le').toString('base64');
    const [reply] = await loggedReplies('Odd letters', {
      // In brackets, as a gateway's tag: the subject stays the same to us (c40).
      subject: 'Re: [=?utf-8?B?YQBi7aCAYw==?=] Odd letters',
      headers: ['Reply-To: =?utf-16le?B?ANgA?= <cleo@customer.test>'],
      content: `Content-Type: text/plain; charset=utf-16le\r\nContent-Transfer-Encoding: base64\r\n\r\n${utf16}\r\n`,
    });
    expect(reply?.text).toMatch(/before.+after/su);
    const stored = JSON.stringify(reply);
    expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i);
    expect(Buffer.from(stored, 'utf8').toString('utf8')).toBe(stored);
  });

  const references = (bytes: number): string[] => {
    const id = ` <${'r'.repeat(70)}@padding.test>`;
    return [`References:${Array.from({ length: bytes / (id.length + 2) }, () => id).join('\r\n')}`];
  };

  it('1 MB of References hides neither the reply nor the mail behind it', async () => {
    const [reply, next] = await loggedReplies(
      'Many references',
      { headers: references(1_000_000), content: plain('many references') },
      { content: plain('behind it') }
    );
    expect([reply?.text, next?.text]).toEqual([
      expect.stringContaining('many references'),
      expect.stringContaining('behind it'),
    ]);
  });

  it('a header block beyond all measure is kept as a file, and so is the mail in it', async () => {
    const [reply] = await loggedReplies('Endless header', {
      headers: references(3_000_000),
      content: plain('behind the header'),
    });
    expect(reply?.attachments).toEqual([
      expect.objectContaining({ fileName: 'message.eml', state: 'stored' }),
    ]);
    const path = `/email-connect/attachments/${reply?.attachments[0]?.documentId}/file`;
    expect(await (await mail.admin.call('GET', path)).text()).toContain('behind the header');
  });
});

describe('S29: a file over the limit', () => {
  const residentMegabytes = (): number => {
    const status = readFileSync(`/proc/${mail.scene.strapi.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
  };

  it(
    'of 60 MB is a placeholder, the text is there, and memory stays flat',
    async () => {
      await loggedReplies('Small before', { content: plain('small') });
      const line = `${'QUJD'.repeat(19)}\r\n`;
      const encoded = Buffer.from(line.repeat(Math.ceil((60 * MEGABYTE) / 57)), 'latin1');
      const head =
        `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${plain('the text beside the file')}--b\r\n` +
        'Content-Type: application/octet-stream; name="huge.bin"\r\n' +
        'Content-Disposition: attachment; filename="huge.bin"\r\nContent-Transfer-Encoding: base64\r\n\r\n';
      const content = Buffer.concat([Buffer.from(head), encoded, Buffer.from('--b--\r\n')]);

      const before = residentMegabytes();
      let most = before;
      const watch = setInterval(() => {
        most = Math.max(most, residentMegabytes());
      }, 20);
      const [reply] = await loggedReplies('Huge', { content }).finally(() => clearInterval(watch));

      expect(reply?.text).toContain('the text beside the file');
      expect(reply?.attachments).toEqual([
        expect.objectContaining({ fileName: 'huge.bin', state: 'too-large' }),
      ]);
      expect(most - before).toBeLessThan(100);
      const { documentId } = reply?.attachments[0] ?? { documentId: '' };
      expect(await mail.admin.refused('GET', `/email-connect/attachments/${documentId}/file`)).toMatchObject({
        status: 404,
        code: 'ATTACHMENT_NOT_STORED',
      });
    },
    WAIT_MS
  );
});

describe('P1: a folder that vanishes', () => {
  it('is said to be unreadable, then to be gone, while replies in the others are logged', async () => {
    const { threadDocumentId } = await mail.send('Elsewhere');
    mail.server.mailbox(us.address).deleteFolder('Archive');
    mail.deliver(replyBytes('Elsewhere', { content: plain('still here') }), 'Junk');
    // What comes into the INBOX has every folder read, by the list as it was: only a person's wish renews that.
    mail.deliver(replyBytes('Elsewhere', { content: plain('here as well') }));
    const { folders } = await mail.waitForInbox('noted the folder', (inbox) =>
      inbox.folders.some(
        ({ folderPath, lastErrorCode }) => folderPath === 'Archive' && lastErrorCode !== null
      )
    );
    expect(folders.filter(({ lastErrorCode }) => lastErrorCode !== null)).toEqual([
      expect.objectContaining({ folderPath: 'Archive', lastErrorCode: 'FOLDER_UNREADABLE' }),
    ]);
    const { messages } = await mail.waitForMessages(threadDocumentId, 3);
    expect(messages.map(({ text }) => text.trim())).toEqual(
      expect.arrayContaining(['still here', 'here as well'])
    );

    await mail.admin.call('POST', `/email-connect/inboxes/${mail.inboxDocumentId}/actions/sync`);
    await mail.waitForInbox('missed the folder', (inbox) =>
      inbox.folders.some(({ folderPath, listed }) => folderPath === 'Archive' && !listed)
    );
  });
});
