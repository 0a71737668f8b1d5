import { EmailConnectError } from '../../domain/errors';
import { canonicalMessageId } from '../../domain/identification/message-id';
import type { MessageId } from '../../domain/identification/message-id';
import type { MessageToCompose } from '../../ports';
import { composeMessage } from './compose-message';
import { parseMessage } from './parse-message';
import { bytesOf, inPieces, memoryStorage } from './test-support';

const idOf = (raw: string): MessageId => {
  const id = canonicalMessageId(raw);
  if (!id) throw new Error(`no id: ${raw}`);
  return id;
};

const MESSAGE: MessageToCompose = {
  from: { address: 'jane@x.example', displayName: 'Müller, Jane "JM"' },
  draft: {
    to: [
      { address: 'bob@y.example', displayName: 'Bob' },
      { address: 'zoe@y.example', displayName: 'Zoë 🎉' },
    ],
    cc: [{ address: 'cc@y.example', displayName: '' }],
    bcc: [{ address: 'secret@z.example', displayName: 'Secret' }],
    subject: 'Angebot für Sie: 日本 – part 1',
    text: 'Hello Bob,\n\nGrüße\n.\nFrom here\n',
    html: '<p>Hello Bob,</p><p>Grüße</p>',
  },
  headers: {
    messageId: idOf('01J.abc.def@x.example'),
    inReplyTo: idOf('their-last@y.example'),
    references: [
      idOf('t.token.hmac@x.example'),
      ...Array.from({ length: 12 }, (_, at) => idOf(`reference-number-${at}@some-long-domain.y.example`)),
    ],
    threadIndex: Buffer.alloc(22, 9).toString('base64'),
    threadTopic: 'Angebot für Sie: 日本',
  },
  sentAt: new Date('2026-11-24T10:00:00.000Z'),
  attachments: [],
};

const withDraft = (draft: Partial<MessageToCompose['draft']>): MessageToCompose => ({
  ...MESSAGE,
  draft: { ...MESSAGE.draft, ...draft },
});
const sourceOf = async (message: MessageToCompose): Promise<string> =>
  (await bytesOf(composeMessage(message))).toString('latin1');
const headOf = async (message: MessageToCompose): Promise<string> =>
  (await sourceOf(message)).split('\r\n\r\n')[0]!;
const roundTrip = async (message: MessageToCompose, storage = memoryStorage()) =>
  parseMessage(inPieces(await bytesOf(composeMessage(message)), 1000), storage);

describe('composeMessage', () => {
  it('S14: parses back to the ids, people, subject, date and text it was made of', async () => {
    const parsed = await roundTrip(MESSAGE);
    expect(parsed.headers).toMatchObject({
      messageId: MESSAGE.headers.messageId,
      inReplyTo: [MESSAGE.headers.inReplyTo],
      references: MESSAGE.headers.references,
      threadIndexRoot: Buffer.alloc(22, 9).toString('hex'),
      from: [MESSAGE.from],
      to: MESSAGE.draft.to,
      cc: MESSAGE.draft.cc,
      subject: MESSAGE.draft.subject,
      sentAt: '2026-11-24T10:00:00.000Z',
    });
    expect(parsed.text.trimEnd()).toBe(MESSAGE.draft.text.trimEnd());
    expect(parsed.html).toBe(MESSAGE.draft.html);
    expect(parsed.attachments).toEqual([]);
  });

  it('is 7-bit, CRLF throughout, with no line beyond 998 octets (RFC 5322 2.1.1)', async () => {
    const source = await sourceOf(withDraft({ text: `${'ä'.repeat(500)}\n${'long '.repeat(1000)}` }));
    expect(/[^\r]\n|\r[^\n]|[^\x00-\x7f]/.test(source)).toBe(false);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it('has one References field, in order, and names no mailer', async () => {
    const head = await headOf(MESSAGE);
    expect(head.match(/^References:/gim)).toHaveLength(1);
    expect(head.match(/^Message-ID: <01J.abc.def@x.example>/gim)).toHaveLength(1);
    expect(head).not.toMatch(/^(?:X-Mailer|User-Agent):/im);
    expect(head).toMatch(/^Thread-Topic: =\?UTF-8\?/im);
  });

  it('c42: never tells about Bcc', async () => {
    expect(await sourceOf(MESSAGE)).not.toMatch(/\bbcc\b|secret/i);
  });

  it('has no In-Reply-To when it answers nothing', async () => {
    const first = { ...MESSAGE, headers: { ...MESSAGE.headers, inReplyTo: null } };
    expect(await headOf(first)).not.toMatch(/^In-Reply-To/im);
    expect((await roundTrip(first)).headers.references[0]).toBe('t.token.hmac@x.example');
  });

  it('makes the text of a mail that was written in HTML only, and no HTML of one written as text', async () => {
    expect(await roundTrip(withDraft({ text: '', html: '<p>Only <b>rich</b></p>' }))).toMatchObject({
      text: 'Only rich',
      html: '<p>Only <b>rich</b></p>',
    });
    expect(await roundTrip(withDraft({ html: '' }))).toMatchObject({ html: '' });
  });

  it('carries files byte by byte, under their own names', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7) % 256));
    const attachments = ['Angebot für 日本.pdf', 'a "quoted"; name.pdf', `${'long-'.repeat(30)}.pdf`].map(
      (fileName) => ({
        fileName,
        contentType: 'application/pdf',
        content: inPieces(bytes, 999),
      })
    );
    const storage = memoryStorage();
    const parsed = await roundTrip({ ...MESSAGE, attachments }, storage);
    expect(
      parsed.attachments.map(({ fileName, contentType, disposition }) => [fileName, contentType, disposition])
    ).toEqual([
      ['Angebot für 日本.pdf', 'application/pdf', 'attachment'],
      ['a _quoted_; name.pdf', 'application/pdf', 'attachment'],
      [`${'long-'.repeat(30)}.pdf`, 'application/pdf', 'attachment'],
    ]);
    expect([...storage.files.values()]).toEqual([bytes]);
  });

  it('takes a file out of no path and no address that a draft names', async () => {
    const source = await sourceOf(
      withDraft({ text: 'file:///etc/passwd', html: '<img src="http://127.0.0.1:1/x.png">' })
    );
    expect(source).toContain('file:///etc/passwd');
  });

  it.each([
    ['subject', withDraft({ subject: 'Hi\r\nBcc: x@evil.example' })],
    ['name', withDraft({ to: [{ address: 'a@x.example', displayName: 'A\nBcc: x@evil.example' }] })],
    ['address', withDraft({ cc: [{ address: 'a@x.example\r\nBcc: x@evil.example', displayName: '' }] })],
    ['sender', { ...MESSAGE, from: { address: 'a@x.example', displayName: 'A\r\nX: y' } }],
    ['topic', { ...MESSAGE, headers: { ...MESSAGE.headers, threadTopic: 'a\r\nX: y' } }],
    [
      'file name',
      {
        ...MESSAGE,
        attachments: [{ fileName: 'a\r\nX: y', contentType: 'a/b', content: inPieces(Buffer.from(''), 1) }],
      },
    ],
  ])('S37: refuses a line break in the %s', (_, message) => {
    expect(() => composeMessage(message)).toThrow(expect.objectContaining({ code: 'HEADER_INJECTION' }));
  });

  it('rejects with the error of a file that cannot be read', async () => {
    const gone = new EmailConnectError('ATTACHMENT_NOT_STORED', 'gone', 'look');
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('start');
      throw gone;
    }
    const attachments = [{ fileName: 'a.pdf', contentType: 'application/pdf', content: content() }];
    await expect(bytesOf(composeMessage({ ...MESSAGE, attachments }))).rejects.toBe(gone);
  });
});

describe('S47: files of a mail', () => {
  const opened: string[] = [];
  const closed: string[] = [];
  beforeEach(() => {
    opened.length = 0;
    closed.length = 0;
  });

  async function* fileOf(name: string, pieces = 100): AsyncGenerator<Uint8Array> {
    opened.push(name);
    try {
      for (let at = 0; at < pieces; at += 1) yield Buffer.alloc(64 * 1024);
      if (name === 'broken') throw new Error('the disk is gone');
    } finally {
      // As a file does: not closed in the turn that it is told to.
      await new Promise(setImmediate);
      closed.push(name);
    }
  }
  const withFiles = (...files: [name: string, pieces?: number][]): MessageToCompose => ({
    ...MESSAGE,
    attachments: files.map(([fileName, pieces]) => ({
      fileName,
      contentType: 'application/pdf',
      content: fileOf(fileName, pieces),
    })),
  });

  it('are not opened before the first byte is asked for', async () => {
    composeMessage(withFiles(['a'], ['b']));
    await new Promise(setImmediate);
    expect(opened).toEqual([]);
  });

  it('are read one after the other, no faster than the mail is', async () => {
    for await (const _ of composeMessage(withFiles(['a'], ['b']))) {
      expect(opened.length - closed.length).toBeLessThanOrEqual(1);
    }
    expect([opened, closed]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('are closed by the time that a reader who stops has stopped', async () => {
    let read = 0;
    for await (const piece of composeMessage(withFiles(['a'], ['b']))) {
      read += piece.length;
      if (read > 1_000_000) break;
    }
    expect([opened, closed]).toEqual([['a'], ['a']]);
    expect(read).toBeLessThan(1_200_000);
  });

  it('are closed when one of them cannot be read', async () => {
    const message = withFiles(['a', 1], ['broken', 1], ['b', 1]);
    await expect(bytesOf(composeMessage(message))).rejects.toThrow('the disk is gone');
    expect([opened, closed]).toEqual([
      ['a', 'broken'],
      ['a', 'broken'],
    ]);
  });
});
