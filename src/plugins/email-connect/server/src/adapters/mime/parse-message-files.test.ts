import type { Bytes } from '../../ports';
import { file, memoryStorage, multipart, parse, part } from './test-support';

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
