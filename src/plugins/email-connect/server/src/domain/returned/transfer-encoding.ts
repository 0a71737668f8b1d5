import { decodeBase64 } from '../identification/encoded-words';

/** RFC 2045 6, for a text that may be cut anywhere. Text with an unknown or wrong encoding stays as it is. */
export const decodeTransfer = (text: string, encoding: string): string => {
  switch (encoding.trim().toLowerCase()) {
    case 'base64': {
      const digits = text.replace(/[^A-Za-z0-9+/]+/g, '');
      return decodeBase64(digits.slice(0, digits.length - (digits.length % 4 === 1 ? 1 : 0))) ?? text;
    }
    case 'quoted-printable':
      return text
        .replace(/=[ \t]{0,80}\r?\n/g, '')
        .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    default:
      return text;
  }
};

/** Lines without their ends. Some gateways double the carriage return. */
export const linesOf = (text: string): string[] => text.replaceAll('\r', '').split('\n');

const ENCODING_FIELD = /^content-transfer-encoding[ \t]{0,20}:[ \t]{0,20}(base64|quoted-printable)/i;

/**
 * The body of a multipart message (RFC 2046 5.1) as text: its parts one after the other, each decoded. For bodies
 * whose structure the server could not read: any line that begins with two dashes may be a boundary.
 */
export const decodeParts = (body: string): string => {
  const decoded: string[] = [];
  let lines: string[] = [];
  let encoding = '';
  let announced = '';
  let isHeader = false;
  const finish = (): void => {
    decoded.push(decodeTransfer(lines.join('\n'), encoding));
    lines = [];
  };
  for (const line of linesOf(body)) {
    if (/^--\S/.test(line)) {
      finish();
      [encoding, announced, isHeader] = ['', '', true];
    } else if (isHeader) {
      announced = ENCODING_FIELD.exec(line)?.[1] ?? announced;
      if (line === '') {
        lines.push(line);
        finish();
        [encoding, isHeader] = [announced, false];
        continue;
      }
    }
    lines.push(line);
  }
  finish();
  return decoded.join('\n');
};
