import { isSameContent } from '../../domain/message/same-content';
import type { MessageId } from '../../domain/identification/message-id';
import type { ReadMessage } from '../../domain/message/message';
import type { MessageToCompose } from '../../ports';
import { composeMessage } from './compose-message';
import { parseMessage } from './parse-message';
import { bytesOf, HEAD, inPieces, memoryStorage } from './test-support';

const TEXT = 'Grüße,\n\n> das Angebot   \nFrom here on it is yours = 100 %.\n.\nJane\n';
const HTML = '<div style="color:#123456">Grüße,<br>das <b>Angebot</b> = 100&nbsp;%</div>';
const FILE = Buffer.from(Array.from({ length: 9_000 }, (_, at) => (at * 7) % 256));

const read = (raw: Uint8Array) => parseMessage(inPieces(raw, 1000), memoryStorage());
const isCopy = (one: ReadMessage, other: ReadMessage): boolean =>
  isSameContent({ ...one, files: one.attachments }, { ...other, files: other.attachments });

type Encoding = 'base64' | 'quoted-printable' | '8bit';

const quotedPrintable = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      [...Buffer.from(line)]
        .map((byte) =>
          byte < 33 || byte === 61 || byte > 126
            ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
            : String.fromCharCode(byte)
        )
        .join('')
        .replace(/(?:=..|[^=]){60}/g, '$&=\r\n')
    )
    .join('\r\n');

const inEncoding = (text: string, encoding: Encoding): string => {
  if (encoding === 'quoted-printable') return quotedPrintable(text);
  const lines = text.replaceAll('\n', '\r\n');
  return encoding === '8bit' ? lines : Buffer.from(lines).toString('base64').replace(/.{76}/g, '$&\r\n');
};

/** One mail, as a server that encodes its parts so hands it on. */
const delivered = (encoding: Encoding, boundary: string, text = TEXT): Buffer => {
  const part = (type: string, content: string) => [
    `--${boundary}-inner`,
    `Content-Type: text/${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    inEncoding(content, encoding),
  ];
  return Buffer.from(
    [
      ...HEAD,
      `Content-Type: multipart/mixed; boundary="${boundary}"`,
      '',
      `--${boundary}`,
      `Content-Type: multipart/alternative; boundary="${boundary}-inner"`,
      '',
      ...part('plain', text),
      ...part('html', HTML),
      `--${boundary}-inner--`,
      `--${boundary}`,
      'Content-Type: application/pdf; name=plan.pdf',
      'Content-Disposition: attachment; filename=plan.pdf',
      'Content-Transfer-Encoding: base64',
      '',
      FILE.toString('base64').replace(/.{76}/g, '$&\r\n'),
      `--${boundary}--`,
      '',
    ].join('\r\n')
  );
};

describe('w80: a copy that another server hands on says the same', () => {
  it.each<[Encoding, Encoding]>([
    ['8bit', 'quoted-printable'],
    ['8bit', 'base64'],
    ['quoted-printable', 'base64'],
  ])('in %s and in %s', async (one, other) => {
    const [first, second] = await Promise.all([
      read(delivered(one, 'one')),
      read(Buffer.concat([Buffer.from('Received: by mx.x.example\r\n'), delivered(other, 'other')])),
    ]);
    expect(first.text).toContain('Angebot');
    expect(first.attachments).toMatchObject([{ size: FILE.length }]);
    expect(isCopy(first, second)).toBe(true);
  });

  it('and one with another word does not', async () => {
    const [first, second] = await Promise.all([
      read(delivered('8bit', 'one')),
      read(delivered('8bit', 'one', TEXT.replace('100', '200'))),
    ]);
    expect(isCopy(first, second)).toBe(false);
  });

  it('also of a mail that was written here', async () => {
    const message: MessageToCompose = {
      from: { address: 'jane@x.example', displayName: 'Jane' },
      draft: {
        to: [{ address: 'sales@x.example', displayName: '' }],
        cc: [],
        bcc: [],
        subject: 'Hi',
        text: TEXT,
        html: HTML,
      },
      headers: {
        messageId: '1@x.example' as MessageId,
        inReplyTo: null,
        references: [],
        threadIndex: Buffer.alloc(22, 9).toString('base64'),
        threadTopic: 'Hi',
      },
      sentAt: new Date('2026-11-24T10:00:00.000Z'),
      attachments: [{ fileName: 'plan.pdf', contentType: 'application/pdf', content: inPieces(FILE, 999) }],
    };
    const composed = await bytesOf(composeMessage(message));
    const recorded = await read(composed);
    const added = ['Received: by mx.x.example', 'Delivered-To: vic@x.example', ''].join('\r\n');
    expect(
      isCopy(recorded, await read(Buffer.concat([Buffer.from(added), composed, Buffer.from('\r\n\r\n')])))
    ).toBe(true);
    expect(isCopy(recorded, await read(delivered('8bit', 'one')))).toBe(true);
  });
});
