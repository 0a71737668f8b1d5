import addressparser from 'nodemailer/lib/addressparser';
import { firstValue } from './header-fields';
import type { HeaderField } from './header-fields';
import { imapNString } from './imap-text';

type AddressOrGroup = ReturnType<typeof addressparser>[number];

/** ENVELOPE of RFC 3501 section 7.4.2: date, subject, from, sender, reply-to, to, cc, bcc, in-reply-to, message-id. */
export const formatEnvelope = (fields: readonly HeaderField[]): string => {
  const text = (name: string): string => imapNString(firstValue(fields, name));
  const from = addresses(fields, 'from');
  const orFrom = (name: string): string => {
    const list = addresses(fields, name);
    return list === 'NIL' ? from : list;
  };
  const to = ['to', 'cc', 'bcc'].map((name) => addresses(fields, name));
  const originators = [from, orFrom('sender'), orFrom('reply-to')];
  const parts = [
    text('date'),
    text('subject'),
    ...originators,
    ...to,
    text('in-reply-to'),
    text('message-id'),
  ];
  return `(${parts.join(' ')})`;
};

const addresses = (fields: readonly HeaderField[], name: string): string => {
  const values = fields.filter((field) => field.name === name).map((field) => field.value);
  const parsed = values.flatMap((value) => addressparser(value, { flatten: false }));
  return parsed.length === 0 ? 'NIL' : `(${parsed.map(formatAddress).join('')})`;
};

const formatAddress = (entry: AddressOrGroup): string => {
  if (entry.group) {
    return `(NIL NIL ${imapNString(entry.name)} NIL)${entry.group.map(formatAddress).join('')}(NIL NIL NIL NIL)`;
  }
  const at = entry.address.lastIndexOf('@');
  const local = at < 0 ? entry.address : entry.address.slice(0, at);
  const domain = at < 0 ? '' : entry.address.slice(at + 1);
  return `(${imapNString(entry.name || undefined)} NIL ${imapNString(local)} ${imapNString(domain)})`;
};
