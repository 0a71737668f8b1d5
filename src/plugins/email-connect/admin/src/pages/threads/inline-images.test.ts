import type { Attachment } from '../../../../shared/contracts/attachment';
import { inlineImages, shownFiles, withInlineImages } from './inline-images';

const file = (contentId: string, change: Partial<Attachment> = {}): Attachment => ({
  documentId: `file-${contentId}`,
  fileName: 'x.png',
  contentType: 'image/png',
  size: 1,
  retryAt: null,
  disposition: 'inline',
  contentId,
  state: 'stored',
  messageDocumentId: 'm',
  threadDocumentId: 't',
  sentAt: null,
  fromAddress: 'a@b.example',
  ...change,
});
const html = '<img src="cid:logo@x"><img src=\'cid:a%2Fb\'>';
const url = 'data:image/png;base64,AA';

describe('inlineImages', () => {
  it('are the pictures that the HTML shows, also under an encoded id', () => {
    const attachments = [file('logo@x'), file('a/b'), file('else')];
    expect(inlineImages({ html, attachments }).map(({ contentId }) => contentId)).toEqual(['logo@x', 'a/b']);
  });

  it.each<[string, Partial<Attachment>]>([
    ['a drawing with scripts in it', { contentType: 'image/svg+xml' }],
    ['a page', { contentType: 'text/html' }],
    ['a huge picture', { size: 20_000_000 }],
    ['a placeholder', { state: 'too-large' }],
  ])('S24: %s is none', (_name, change) => {
    expect(inlineImages({ html, attachments: [file('logo@x', change)] })).toEqual([]);
  });
});

describe('withInlineImages', () => {
  it('S24: puts the pictures in, and leaves the browser nothing to ask for of the others', () => {
    expect(withInlineImages(html, new Map([['a/b', url]]))).toBe(`<img src=""><img src='${url}'>`);
  });

  it('changes nothing but the source of an image', () => {
    const text = '<p title="cid:a">"cid:a"</p>';
    expect(withInlineImages(text, new Map([['a', url]]))).toBe(text);
  });
});

describe('shownFiles', () => {
  it('S29: lists files, and inline parts that the mail does not show, but no image of its signature', () => {
    const attachments = [
      file('logo@x'),
      file('logo@x', { disposition: 'attachment' }),
      file('lost'),
      file(''),
    ];
    expect(shownFiles({ attachments, html })).toEqual(attachments.slice(1));
  });
});
