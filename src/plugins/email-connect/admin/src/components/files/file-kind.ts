export type FileKind = 'archive' | 'csv' | 'image' | 'other' | 'pdf' | 'sheet';

const kinds: [FileKind, RegExp][] = [
  ['image', /^image\//],
  ['pdf', /^application\/pdf$/],
  ['csv', /^text\/csv$/],
  ['sheet', /^application\/(?:vnd\.ms-excel|vnd\.openxmlformats-officedocument\.spreadsheetml)/],
  ['archive', /^application\/(?:zip|x-zip-compressed|gzip|x-tar|x-7z-compressed|vnd\.rar)$/],
];

/** The kind of a file by its media type, if there is an icon for it. */
export const fileKind = (contentType: string): FileKind =>
  kinds.find(([, pattern]) => pattern.test(contentType.toLowerCase()))?.[0] ?? 'other';
