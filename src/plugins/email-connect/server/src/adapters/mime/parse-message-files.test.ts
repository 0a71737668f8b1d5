import type { Bytes } from '../../ports';
import { file, HEAD, memoryStorage, multipart, parse, part } from './test-support';

describe('files (S29)', () => {
  it('go to storage as they come, decoded, with name, type and size', async () => {
    const storage = memoryStorage();
    const message = await parse(
      multipart(
        'mixed',
        part('text/plain', 'see files'),
        file('a.pdf', 'first'),
        file('a.pdf', ''),
        file('b.pdf', 'third')
      ),
      storage
    );
    expect(message.text).toBe('see files');
    expect(
      message.attachments.map(({ fileName, size, state, disposition }) => [
        fileName,
        size,
        state,
        disposition,
      ])
    ).toEqual([
      ['a.pdf', 5, 'stored', 'attachment'],
      ['a.pdf', 0, 'stored', 'attachment'],
      ['b.pdf', 5, 'stored', 'attachment'],
    ]);
    expect(storage.files.get(message.attachments[2]!.storageKey!)?.toString()).toBe('third');
  });

  it('over the limit leave a placeholder with their true size; the next ones are kept', async () => {
    const storage = memoryStorage({ attachmentBytes: 10 });
    const message = await parse(
      multipart(
        'mixed',
        file('big.pdf', 'x'.repeat(11)),
        file('fits.pdf', 'y'.repeat(10)),
        part('text/plain', 'text')
      ),
      storage
    );
    expect(message.attachments).toMatchObject([
      { fileName: 'big.pdf', size: 11, state: 'too-large', sha256: null, storageKey: null },
      { fileName: 'fits.pdf', size: 10, state: 'stored' },
    ]);
    expect(message.text).toBe('text');
    expect(storage.files.size).toBe(1);
  });

  it.each([
    ['before it reads', async () => Promise.reject(new Error('disk full'))],
    [
      'while it reads',
      async (content: Bytes) => {
        for await (const _ of content) throw new Error('disk full');
        throw new Error('disk full');
      },
    ],
  ])('that storage refuses %s leave a placeholder, the message is not lost', async (_, saveAttachment) => {
    const message = await parse(
      multipart('mixed', file('a.pdf', 'x'.repeat(5000)), part('text/plain', 'text')),
      memoryStorage({ saveAttachment })
    );
    expect(message).toMatchObject({
      text: 'text',
      parsedAs: 'mime',
      attachments: [{ state: 'failed', size: 5000, storageKey: null }],
    });
  });

  it('are nested messages too, kept as .eml, and their ids are not ours (c54)', async () => {
    const nested = part(
      'message/rfc822',
      'Message-ID: <nested@x.example>\r\nSubject: inner\r\n\r\ninner text',
      'Content-Disposition: inline'
    );
    const storage = memoryStorage();
    const message = await parse(multipart('mixed', part('text/plain', 'outer'), nested), storage);
    expect(message).toMatchObject({
      text: 'outer',
      headers: { messageId: '1@x.example' },
      attachments: [{ fileName: 'message.eml', contentType: 'message/rfc822' }],
    });
    expect([...storage.files.values()].join()).toContain('inner text');
  });

  it('are delivery reports too (P6)', async () => {
    const message = await parse(
      multipart('report', part('text/plain', 'failed'), part('message/delivery-status', 'Action: failed'))
    );
    expect(message.attachments).toMatchObject([
      { fileName: 'delivery-status.txt', contentType: 'message/delivery-status', state: 'stored' },
    ]);
  });

  it('are text parts with a name, unless they come first', async () => {
    const message = await parse(
      multipart(
        'mixed',
        part('text/plain; name=body.txt', 'the text'),
        part('text/plain; name=notes.txt', 'the notes')
      )
    );
    expect(message).toMatchObject({ text: 'the text', attachments: [{ fileName: 'notes.txt' }] });
  });

  it('are not the images that the text shows: those are inline', async () => {
    const image = (...fields: string[]) =>
      part('image/png', 'AAAA', 'Content-Transfer-Encoding: base64', ...fields);
    const dispositions = async (lines: string[]) =>
      (await parse(lines)).attachments.map(({ disposition }) => disposition);
    const html = part('text/html', '<p>Hi<img src="cid:logo%40x"></p>');
    const attachedLogo = image('Content-ID: <logo@x>', 'Content-Disposition: attachment; filename=logo.png');
    expect(await dispositions(multipart('mixed', html, attachedLogo))).toEqual(['inline']);
    expect(await dispositions(multipart('related', html, image('Content-ID: <unused@x>')))).toEqual([
      'inline',
    ]);
    const photo = image('Content-Disposition: inline; filename=photo.png');
    expect(await dispositions(multipart('mixed', part('text/plain', 'photo'), photo))).toEqual([
      'attachment',
    ]);
    expect(await dispositions(multipart('mixed', html, photo, file('a.pdf', 'x')))).toEqual([
      'attachment',
      'attachment',
    ]);
  });

  it('have the type that their name tells when the mail says octet-stream', async () => {
    const message = await parse(multipart('mixed', file('table.xlsx', 'x', 'application/octet-stream')));
    expect(message.attachments[0]?.contentType).toBe(
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
    );
  });
});

describe('c55: files in the wild', () => {
  const names = async (lines: readonly string[], storage = memoryStorage()) =>
    (await parse(lines, storage)).attachments.map(({ fileName }) => fileName);
  const attached = (name: string) =>
    part('application/pdf', 'x', `Content-Disposition: attachment; filename="${name}"`);

  it('c55: two of one name are both kept, each with its own bytes', async () => {
    const storage = memoryStorage();
    const message = await parse(multipart('mixed', file('a.pdf', 'first'), file('a.pdf', 'second')), storage);
    expect(
      message.attachments.map(({ fileName, storageKey }) => [
        fileName,
        storage.files.get(storageKey!)?.toString(),
      ])
    ).toEqual([
      ['a.pdf', 'first'],
      ['a.pdf', 'second'],
    ]);
  });

  it('c55: the same bytes under two names are two files', async () => {
    expect(await names(multipart('mixed', file('a.pdf', 'x'), file('b.pdf', 'x')))).toEqual([
      'a.pdf',
      'b.pdf',
    ]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\\\..\\\\windows\\\\system.ini', 'system.ini'],
    ['/etc/cron.d/job', 'job'],
    ['C:/x.pdf', 'x.pdf'],
    ['..', 'attachment-1.pdf'],
    ['.', 'attachment-1.pdf'],
    ['%2e%2e%2fpasswd', '%2e%2e%2fpasswd'],
  ])('c55: %s is no path', async (written, name) => {
    expect(await names(multipart('mixed', attached(written)))).toEqual([name]);
  });

  it('c55: an encoded path is no path either', async () => {
    const field = "Content-Disposition: attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd";
    expect(await names(multipart('mixed', part('application/pdf', 'x', field)))).toEqual(['passwd']);
  });

  it('c55: without a name each has one of its own, after its type and place', async () => {
    const nameless = ['application/pdf', 'image/jpeg', 'application/x-never-heard-of'].map((type) =>
      part(type, 'x', 'Content-Disposition: attachment')
    );
    expect(await names(multipart('mixed', ...nameless))).toEqual([
      'attachment-1.pdf',
      'image-2.jpg',
      'attachment-3.bin',
    ]);
  });

  it('c55: one of 0 bytes is a file', async () => {
    expect((await parse(multipart('mixed', file('empty.pdf', '')))).attachments).toMatchObject([
      { fileName: 'empty.pdf', size: 0, state: 'stored' },
    ]);
  });

  it.each([
    ['setup.exe', 'application/x-msdownload', 'application/x-msdownload'],
    ['run.js', 'text/javascript', 'text/javascript'],
    ['page.html', 'text/html', 'text/html'],
    ['a.scr', 'application/x-never-heard-of', 'application/x-never-heard-of'],
    ['invoice.pdf.exe', 'application/pdf', 'application/pdf'],
    ['picture.svg', 'image/svg+xml', 'image/svg+xml'],
  ])('c55: %s is kept and labelled as sent', async (name, type, contentType) => {
    const storage = memoryStorage();
    const message = await parse(
      multipart('mixed', part('text/plain', 'text'), file(name, 'MZ', type)),
      storage
    );
    expect(message).toMatchObject({
      text: 'text',
      html: '',
      attachments: [{ fileName: name, contentType, state: 'stored' }],
    });
    expect([...storage.files.values()].map(String)).toEqual(['MZ']);
  });

  it.each([
    ['<img src="https://t.example/p.gif" width="1" height="1">'],
    ['<img src="https://t.example/p.gif" width=0 height=0 style="display:none">'],
    ['<img src="//t.example/open?id=1" alt="">'],
    ['<div style="background:url(https://t.example/p.gif)"></div>'],
  ])('c55: a tracking pixel is no file, and nothing loads it: %s', async (pixel) => {
    const { html, text, attachments } = await parse([
      ...HEAD,
      'Content-Type: text/html',
      '',
      `<p>Hi</p>${pixel}`,
    ]);
    expect({ text, attachments }).toEqual({ text: 'Hi', attachments: [] });
    expect(html).not.toMatch(/\ssrc=|url\(/);
  });

  it('c55: images that the text shows by cid are inline, the same image attached beside it is not', async () => {
    const html = part('text/html', '<img src="cid:logo@x"><img src="CID:two@x">');
    const image = (...fields: string[]) =>
      part('image/png', 'AAAA', 'Content-Transfer-Encoding: base64', ...fields);
    const { attachments, html: shown } = await parse(
      multipart(
        'mixed',
        html,
        image('Content-ID: <logo@x>'),
        image('Content-ID:two@x'),
        image('Content-Disposition: attachment')
      )
    );
    expect(attachments.map(({ disposition, contentId }) => [disposition, contentId])).toEqual([
      ['inline', 'logo@x'],
      ['inline', 'two@x'],
      ['attachment', ''],
    ]);
    expect(shown).toContain('src="cid:logo@x"');
  });

  it('c55: quota full: the text is there, the file is failed, the next one that fits is stored', async () => {
    const storage = memoryStorage();
    let room = 10;
    const saveAttachment: typeof storage.saveAttachment = async (content) => {
      const stored = await storage.saveAttachment(content);
      if (stored.size > room) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      room -= stored.size;
      return stored;
    };
    const lines = multipart(
      'mixed',
      part('text/plain', 'the text'),
      file('a.pdf', 'x'.repeat(500)),
      file('b.pdf', 'y')
    );
    expect(await parse(lines, { ...storage, saveAttachment })).toMatchObject({
      text: 'the text',
      parsedAs: 'mime',
      attachments: [
        { fileName: 'a.pdf', state: 'failed', size: 500, sha256: null, storageKey: null },
        { fileName: 'b.pdf', state: 'stored' },
      ],
    });
  });

  it('c55: quota full for a message that cannot be read: its text is there, its file is failed', async () => {
    const lines = multipart(
      'mixed',
      part('text/plain', 'the text'),
      ...Array.from({ length: 1200 }, () => file('a.pdf', 'x'))
    );
    const limits = memoryStorage({ saveAttachment: async () => Promise.reject(new Error('no space left')) });
    expect(await parse(lines, limits)).toMatchObject({
      text: 'the text',
      parsedAs: 'raw',
      attachments: [{ fileName: 'message.eml', state: 'failed' }],
    });
  });
});
