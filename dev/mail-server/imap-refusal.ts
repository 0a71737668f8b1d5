/** A command that is answered NO or BAD (RFC 3501 section 7.1). `fatal` ends the connection with BYE. */
export class ImapRefusal extends Error {
  override readonly name = 'ImapRefusal';

  constructor(
    readonly status: 'NO' | 'BAD',
    text: string,
    readonly isFatal = false
  ) {
    super(text);
  }
}

export const bad = (text: string): ImapRefusal => new ImapRefusal('BAD', text);

/** `text` may begin with a response code, e.g. `[TRYCREATE] No such folder`. */
export const no = (text: string): ImapRefusal => new ImapRefusal('NO', text);
