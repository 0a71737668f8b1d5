import type { DeliveryReport, NoticeKind } from '../message/message';
import { readDeliveryStatus } from './delivery-status';
import { ADDRESS_PATTERN, addressIn, diagnosticOf, roughStatusIn } from './report-values';
import { ID_FIELDS, idsOfFields } from './returned-header';
import type { PartFindings } from './returned-part';
import { linesOf } from './transfer-encoding';

/** Longer lines are neither header fields nor sentences of a mail system. */
const LONGEST_LINE = 2_000;
/** RFC 5322 2.2.3; a longer References field is cut, and the nearest ids are found in other fields. */
const MOST_FOLDS = 30;

const RELATED_FIELDS = ['in-reply-to', 'references'];
/** A header field in the copy of the mail, perhaps quoted. Some servers write `Message ID`. */
const ID_LINE = new RegExp(
  `^[>|\\s]{0,20}(${[...ID_FIELDS, ...RELATED_FIELDS].join('|').replaceAll('message-id', 'message[- ]?id')})\\s{0,5}:(.*)$`,
  'i'
);
/** The copy of the mail begins with one of these; From, To and Subject may stand in the notice itself too. */
const COPY_BEGINS = /^[>|\s]{0,20}(?:received|return-path|dkim-signature|arc-seal|delivered-to)\s{0,5}:/i;

/**
 * A notice in the form from before there were standard reports, which many systems still send (qmail, Exim, Notes,
 * old Exchange): recipients and reasons in words, then a copy of the mail or its header. Nothing else of the text is
 * returned.
 */
export const readNoticeText = (text: string, notice: NoticeKind): PartFindings => {
  const lines = linesOf(text).map(readableLine);
  const copyAt = lines.findIndex((line) => COPY_BEGINS.test(line));
  const words = copyAt < 0 ? lines : lines.slice(0, copyAt);
  const { ids, related } = idsIn(lines);
  // Broken multipart messages arrive as text, with the report inside.
  const report = readDeliveryStatus(words.join('\n'));
  const reported = report.recipients.filter(({ address }) => address !== '');
  return {
    ids,
    related,
    envelopeId: report.envelopeId,
    recipients: reported.length > 0 ? reported : recipientsIn(words, notice),
  };
};

/** HTML shows brackets as entities. A tag holds no `@`, an id does. */
const readableLine = (line: string): string => {
  const cut = line.slice(0, LONGEST_LINE);
  return /&lt;/i.test(cut)
    ? cut
        .replace(/<[^<>@]{1,200}>/g, ' ')
        .replace(/&lt;/gi, '<')
        .replace(/&gt;/gi, '>')
    : cut;
};

const idsIn = (lines: readonly string[]): Pick<PartFindings, 'ids' | 'related'> => {
  const values = new Map<string, string[]>();
  lines.forEach((line, at) => {
    const [, name = '', value = ''] = ID_LINE.exec(line) ?? [];
    if (name === '') return;
    const field = name.toLowerCase().replace(/message[- ]?id/, 'message-id');
    const written = values.get(field) ?? [];
    written.push(value + foldsAfter(lines, at));
    values.set(field, written);
  });
  return idsOfFields(values);
};

const foldsAfter = (lines: readonly string[], at: number): string => {
  let folded = '';
  for (let next = at + 1; next <= at + MOST_FOLDS; next += 1) {
    const line = lines[next]?.replace(/^[>|]/, '') ?? '';
    if (!/^[ \t]{1,40}\S/.test(line)) break;
    folded += line;
  }
  return folded;
};

/**
 * A line that begins with an address, alone, in a list, with a label or a reply code; the text after it is the
 * reason.
 */
const RECIPIENT_LINE = new RegExp(
  [
    String.raw`^[>\s*]{0,12}`,
    String.raw`(?:(?:recipient|recipient address|target mail address|failed recipient|rcpt to|unknown user)\s{0,3}:\s{0,5})?`,
    String.raw`(?:[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?)?`,
    String.raw`[<"]?(${ADDRESS_PATTERN})[>"]?\s{0,5}(.*)$`,
  ].join(''),
  'iu'
);
const REASON_BEGINS = /^(?:$|[:([<-]|\.\.\.|user|was|is|on|could|does|has|invalid)/i;
/** Used where no line begins with an address: `could not deliver your message to <a@x.test>.` */
const RECIPIENT_IN_SENTENCE = new RegExp(
  String.raw`(?:deliver|delivering|delivery|delivered|reach|following)\b[^@\n]{0,60}?\b(?:to|recipient|address):?\s{1,5}<?(${ADDRESS_PATTERN})`,
  'iu'
);
const MOST_REASON_LINES = 8;

const recipientsIn = (lines: readonly string[], notice: NoticeKind): DeliveryReport[] => {
  const action = notice === 'delay' ? 'delayed' : 'failed';
  const anywhere = roughStatusIn(lines.join(' ').slice(0, LONGEST_LINE));
  const found = new Map<string, DeliveryReport>();
  lines.forEach((line, at) => {
    const [, written = '', rest = ''] = RECIPIENT_LINE.exec(line) ?? [];
    const address = addressIn(written);
    if (address === '' || found.has(address) || !REASON_BEGINS.test(rest)) return;
    const below = reasonAfter(lines, at);
    const status = roughStatusIn([line, ...below].join(' ')) || anywhere;
    const diagnostic = diagnosticOf([rest.replace(/^[:\s.]{1,10}/, ''), ...below].join(' '));
    found.set(address, { address, forwardedTo: '', action, status, diagnostic });
  });
  if (found.size > 0) return [...found.values()];
  const sentence = lines
    .map((line) => RECIPIENT_IN_SENTENCE.exec(line)?.[1] ?? '')
    .find((written) => written !== '');
  const address = addressIn(sentence ?? '');
  return address === '' && anywhere === ''
    ? []
    : [{ address, forwardedTo: '', action, status: anywhere, diagnostic: '' }];
};

/** The lines below a recipient, up to an empty line or the next recipient, which is indented no more than this one. */
const reasonAfter = (lines: readonly string[], at: number): string[] => {
  const below = lines.slice(at + 1, at + 1 + MOST_REASON_LINES);
  const depth = depthOf(lines[at] ?? '');
  const end = below.findIndex(
    (line) => line.trim() === '' || (depthOf(line) <= depth && RECIPIENT_LINE.test(line))
  );
  return end < 0 ? below : below.slice(0, end);
};

const depthOf = (line: string): number => line.length - line.trimStart().length;
