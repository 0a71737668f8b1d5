import type { ParsedAttachment } from './message';
import { refetchedFiles, refetchWaitMs } from './refetch';
import type { RecordedFile } from './refetch';

const HOUR_MS = 3_600_000;

const recorded = (documentId: string, size: number, change: Partial<RecordedFile> = {}): RecordedFile => ({
  documentId,
  fileName: `${documentId}.pdf`,
  size,
  isWaiting: true,
  ...change,
});
const found = (
  name: string,
  size: number,
  state: ParsedAttachment['state'] = 'stored'
): ParsedAttachment => ({
  fileName: `${name}.pdf`,
  contentType: 'application/pdf',
  contentId: '',
  disposition: 'attachment',
  size,
  state,
  ...(state === 'stored'
    ? { storageKey: `key ${name}`, sha256: `hash ${name}` }
    : { storageKey: null, sha256: null }),
});
const read = (...attachments: ParsedAttachment[]) => ({ kind: 'read', attachments }) as const;
const stored = (documentId: string, name: string, size: number) => ({
  documentId,
  kind: 'stored',
  storageKey: `key ${name}`,
  sha256: `hash ${name}`,
  size,
});

describe('S49: files that were fetched again', () => {
  it('are those of the same place and size', () => {
    const files = [recorded('a', 10), recorded('b', 20, { isWaiting: false }), recorded('c', 10)];
    expect(refetchedFiles(files, read(found('x', 10), found('b', 20), found('y', 10)), 1)).toEqual([
      stored('a', 'x', 10),
      stored('c', 'y', 10),
    ]);
  });

  it('are those of the same name and size where their places changed', () => {
    const files = [recorded('a', 10), recorded('b', 20)];
    expect(refetchedFiles(files, read(found('new', 5), found('a', 10), found('b', 20)), 1)).toEqual([
      stored('a', 'a', 10),
      stored('b', 'b', 20),
    ]);
  });

  it('never are one file twice, nor one of another size', () => {
    const files = [recorded('a', 10), recorded('b', 10, { fileName: 'a.pdf' }), recorded('c', 30)];
    expect(refetchedFiles(files, read(found('c', 31), found('a', 10)), 1)).toEqual([stored('b', 'a', 10)]);
  });

  it('say so when they turn out to be over the limit, and are tried no more', () => {
    expect(refetchedFiles([recorded('a', 10)], read(found('a', 10, 'too-large')), 1)).toEqual([
      { documentId: 'a', kind: 'too-large' },
    ]);
  });

  it.each([
    ['the storage still takes none', read(found('a', 10, 'failed')), 34],
    ['the server does not hand the message out', { kind: 'refused' } as const, 34],
    ['the message is gone', { kind: 'missing' } as const, 4],
    ['the message has no such file', read(), 4],
  ])('are tried again while %s, and given up in the end', (_, refetch, last) => {
    expect(refetchedFiles([recorded('a', 10)], refetch, last - 1)).toEqual([]);
    expect(refetchedFiles([recorded('a', 10)], refetch, last)).toEqual([
      { documentId: 'a', kind: 'given-up' },
    ]);
  });

  it('rest longer each time, a day at most', () => {
    expect([1, 2, 3, 4, 30].map((tries) => refetchWaitMs(tries) / HOUR_MS)).toEqual([0.25, 1, 6, 24, 24]);
  });
});
