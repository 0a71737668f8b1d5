import type { ImapUid } from '../../domain/message/message';

/** imapflow stops at as many; no folder comes near. */
export const MOST_UIDS = 2 ** 24;
const PART = /^(\d{1,10})(?::(\d{1,10}))?$/;

export const HIGHEST_UID = 0xffff_ffff;

/** RFC 9051 9: nz-number. */
export const isUid = (value: number): value is ImapUid =>
  Number.isInteger(value) && value > 0 && value <= HIGHEST_UID;

/**
 * A sequence-set that a server sent (RFC 9051 9, `1:4,7`; '' for none) as ascending UIDs, each once. Parts that are no
 * UIDs are left out. null for one that names more than 16,777,216: `1:4294967295` is 12 bytes and 16 GB.
 */
export const expandUids = (set: string): ImapUid[] | null => {
  const uids: ImapUid[] = [];
  let isAscending = true;
  for (const part of partsOf(set)) {
    const match = PART.exec(part);
    if (!match) continue;
    const [a, b] = [Number(match[1]), Number(match[2] ?? match[1])];
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    if (uids.length + last - first >= MOST_UIDS) return null;
    isAscending &&= first > (uids.at(-1) ?? 0);
    for (let uid = first; uid <= last; uid++) if (isUid(uid)) uids.push(uid);
  }
  return isAscending ? uids : [...new Set(uids)].sort((left, right) => left - right);
};

/** The parts between the commas, without an array of a million texts. */
function* partsOf(set: string): Generator<string> {
  for (let start = 0; start < set.length;) {
    const comma = set.indexOf(',', start);
    const end = comma < 0 ? set.length : comma;
    yield set.slice(start, end);
    start = end + 1;
  }
}
