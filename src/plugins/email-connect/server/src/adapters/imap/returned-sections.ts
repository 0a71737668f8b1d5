import type { MessageStructureObject } from 'imapflow';
import type { ReturnedPart } from '../../domain/returned/returned-part';

/** One BODY.PEEK of a part (RFC 9051 6.4.5.1). */
export interface ReturnedSection {
  kind: ReturnedPart['kind'];
  /** `2`, `2.HEADER`, `TEXT`. */
  key: string;
  maxLength: number;
  /** Content-Transfer-Encoding of the fetched bytes. */
  encoding: string;
}

const MOST_SECTIONS = 4;
const MOST_NODES = 200;
/** A report of 10 recipients takes 3 KB. */
const REPORT_BYTES = 8 * 1024;

type Wanted = Omit<ReturnedSection, 'maxLength'>;

/**
 * The machine-readable reports and the headers of returned mail in a message, by its structure, with at most `budget`
 * bytes in all. Parts inside the returned mail are not looked at, its body is never fetched (P6).
 */
export const returnedSections = (structure: MessageStructureObject, budget: number): ReturnedSection[] => {
  const wanted = leavesOf(structure)
    .flatMap((node) => wantedOf(node) ?? [])
    .slice(0, MOST_SECTIONS);
  const isHeader = ({ kind }: Wanted): boolean => kind === 'header';
  const reports = wanted
    .filter((section) => !isHeader(section))
    .map((section) => ({ ...section, maxLength: REPORT_BYTES }));
  const headers = wanted.filter(isHeader);
  const left = budget - reports.reduce((sum, { maxLength }) => sum + maxLength, 0);
  const share = Math.floor(left / Math.max(1, headers.length));
  return [...reports, ...headers.map((section) => ({ ...section, maxLength: share }))].filter(
    ({ maxLength }) => maxLength > 0
  );
};

/** The parts of a message that are not multipart; parts inside attached messages are not among them. */
const leavesOf = (structure: MessageStructureObject): MessageStructureObject[] => {
  const leaves: MessageStructureObject[] = [];
  const waiting = [structure];
  for (let seen = 0; seen < MOST_NODES; seen += 1) {
    const node = waiting.shift();
    if (!node) break;
    if (node.type.startsWith('multipart/')) waiting.unshift(...(node.childNodes ?? []));
    else leaves.push(node);
  }
  return leaves;
};

const wantedOf = ({ type, part = '1', encoding = '' }: MessageStructureObject): Wanted | null => {
  const own = (kind: Wanted['kind']): Wanted => ({ kind, key: part, encoding });
  // RFC 2045 6.4: a message has no transfer encoding. A server that names one still gives the header as it is.
  if (/^message\/(?:rfc822|global)$/.test(type))
    return { ...own('header'), key: `${part}.HEADER`, encoding: '' };
  if (/^(?:text|message)\/(?:rfc822|global)-headers?$/.test(type)) return own('header');
  if (/delivery-status$/.test(type)) return own('delivery-status');
  if (/disposition-notification$/.test(type)) return own('disposition');
  return /feedback-report$/.test(type) ? own('feedback') : null;
};
