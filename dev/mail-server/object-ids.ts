import { createHash } from 'node:crypto';
import { bodyOffset, firstValue, headerFields } from './header-fields';

/** The ids of OBJECTID (RFC 8474) and Gmail for a message and its conversation: the same bytes give the same id. */
export interface ObjectIds {
  /** 15 hex digits each: as a number they fit into Gmail's 64 bits. */
  emailId: string;
  threadId: string;
}

/** A conversation is named after the first message in its References, or in its In-Reply-To. */
export const objectIdsOf = (raw: Buffer): ObjectIds => {
  const fields = headerFields(raw.subarray(0, bodyOffset(raw)));
  const idIn = (name: string): string | undefined => /<[^<>]+>/.exec(firstValue(fields, name) ?? '')?.[0];
  const root = idIn('references') ?? idIn('in-reply-to') ?? idIn('message-id');
  const emailId = digest(raw);
  return { emailId, threadId: root === undefined ? emailId : digest(root) };
};

/** X-GM-MSGID and X-GM-THRID are decimal numbers. */
export const asGmailNumber = (id: string): string => BigInt(`0x${id}`).toString();

const digest = (content: Buffer | string): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 15);
