import { isUtf8 } from 'node:buffer';
import libmime from 'libmime';
import { decodedWords } from './header-text';

const LONGEST_NAME = 200;
/**
 * Control characters, and the direction marks that make `gpj.exe` look like a picture's name (c53, Unicode TR 36
 * 2.5).
 */
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
/** Characters with a meaning to Windows and shells. */
const RESERVED = /[<>:"|?*]/g;
const NAMES_BY_TYPE: Record<string, string> = {
  'message/rfc822': 'message.eml',
  'message/global': 'message.eml',
  'text/rfc822-headers': 'headers.txt',
  'message/delivery-status': 'delivery-status.txt',
  'message/disposition-notification': 'receipt.txt',
  'message/feedback-report': 'feedback-report.txt',
  'text/calendar': 'invite.ics',
  'application/ics': 'invite.ics',
  'application/pgp-signature': 'signature.asc',
  'application/pgp-encrypted': 'version.txt',
  'application/pkcs7-mime': 'smime.p7m',
  'application/x-pkcs7-mime': 'smime.p7m',
  'application/pkcs7-signature': 'smime.p7s',
  'application/x-pkcs7-signature': 'smime.p7s',
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
};

/** Endings for types where the library's own list has none, or another one. */
const ENDINGS: Record<string, string> = {
  'text/plain': 'txt',
  'image/jpg': 'jpg',
  'image/jpeg': 'jpg',
  'audio/mpeg': 'mp3',
};

/**
 * A name that can be shown in a list and saved anywhere (c55): no path, no control or direction marks, at most 200
 * characters with its ending kept. `written` is the name from the MIME parser (RFC 2183, RFC 2231); without it, a
 * name is made from the type and the number of the part.
 */
export const fileNameOf = (written: string | false, contentType: string, number: number): string =>
  safeName(written || '') || nameByType(contentType, number);

const safeName = (written: string): string => {
  const plain = decodedWords(repaired(written)).normalize('NFC').replace(INVISIBLE, '');
  const base = plain.split(/[/\\]/).at(-1) ?? '';
  const name = base
    .replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return shortened(name);
};

/** Raw UTF-8 bytes in a parameter, against RFC 2045, arrive as one character a byte. */
const repaired = (written: string): string => {
  if (!/[\u0080-\u00ff]/.test(written) || /[^\u0000-\u00ff]/.test(written)) return written;
  const bytes = Buffer.from(written, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : written;
};

const shortened = (name: string): string => {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name;
  const ending = /\.[^.\s]{1,10}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST_NAME - ending.length).join('') + ending;
};

const nameByType = (contentType: string, number: number): string => {
  const known = NAMES_BY_TYPE[contentType];
  if (known) return known;
  const stem = contentType.startsWith('image/') ? 'image' : 'attachment';
  return `${stem}-${number}.${ENDINGS[contentType] ?? libmime.detectExtension(contentType)}`;
};
