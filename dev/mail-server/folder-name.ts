import { bad } from './imap-refusal';

const toBase64 = (text: string): string => {
  const bytes = Buffer.from(text, 'utf16le').swap16();
  return bytes.toString('base64').replace(/=+$/, '').replace(/\//g, ',');
};

/** A folder name in modified UTF-7 (RFC 3501 section 5.1.3). */
export const encodeFolderName = (name: string): string =>
  name.replace(/&|[^\x20-\x7e]+/g, (part) => (part === '&' ? '&-' : `&${toBase64(part)}-`));

/** The name encoded in modified UTF-7. 8-bit bytes are taken as UTF-8, which some clients send. */
export const decodeFolderName = (wire: string): string => {
  if (/[\x80-\xff]/.test(wire)) return Buffer.from(wire, 'latin1').toString('utf8');
  return wire.replace(/&([^-]*)(-?)/g, (_all, base64: string, end: string) => {
    if (base64 === '') return '&';
    const bytes = Buffer.from(base64.replace(/,/g, '/'), 'base64');
    if (end === '' || bytes.length === 0 || bytes.length % 2 !== 0)
      throw bad('Folder name is not modified UTF-7');
    return bytes.swap16().toString('utf16le');
  });
};
