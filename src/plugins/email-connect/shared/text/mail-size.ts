/** The parts of a mail whose sizes are known before it is composed. */
export interface MailParts {
  text: string;
  html: string;
  /** `size` in bytes, as on a disk. */
  files: readonly { size: number }[];
}

/**
 * The least size in bytes of a mail with these parts in transit: a server with a lower limit refuses it unread.
 * Header fields and the encoding of text come on top.
 */
export const leastMailSize = ({ text, html, files }: MailParts): number =>
  text.length + html.length + files.reduce((sum, { size }) => sum + base64Size(size), 0);

/** Four characters for three bytes, in lines of 76 (RFC 2045 section 6.8). */
const base64Size = (bytes: number): number => {
  const letters = 4 * Math.ceil(bytes / 3);
  const lineBreaks = Math.max(0, Math.ceil(letters / 76) - 1);
  return letters + 2 * lineBreaks;
};
