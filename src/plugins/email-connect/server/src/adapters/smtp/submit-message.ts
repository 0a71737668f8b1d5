import { Readable } from 'node:stream';
import type { SMTPConnectionEnvelope, SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { extractIds } from '../../domain/identification/extract-ids';
import { headerFields } from '../../domain/identification/header-fields';
import { canonicalMessageId } from '../../domain/identification/message-id';
import type { SmtpEnvelope } from '../../domain/outgoing/outgoing';
import { errorNumber, errorText } from '../../net/foreign-error';
import { shorten } from '../../net/shorten';
import type { ServerAccess, SubmissionReceipt } from '../../ports';
import { classifySmtpError, outcomeUnknown, recipientsRefused } from './classify-smtp-error';
import { connectSmtp } from './connect';
import type { Submission } from './connect';
import type { SmtpLimits } from './options';

/**
 * Submits these bytes to all recipients or to none: when the server refuses one of them, the connection is dropped
 * before the first byte of the message, and RECIPIENT_REFUSED names it.
 * Rejects as `connectSmtp` and `classifySmtpError`, and with SEND_OUTCOME_UNKNOWN when the connection broke after
 * the last byte was handed over: only then can the server have taken the message without our knowing.
 */
export const submitMessage = async (
  access: ServerAccess,
  limits: SmtpLimits,
  envelope: SmtpEnvelope,
  source: Uint8Array
): Promise<SubmissionReceipt> => {
  const submission = await connectSmtp(access, limits);
  const tracked = trackedEnvelope(envelope, source);
  const progress = { handedOver: false };
  try {
    const info = await Promise.race([send(submission, tracked, source, progress), submission.broken]);
    submission.close();
    return {
      serverMessageId: info.serverMessageId ? canonicalMessageId(info.serverMessageId) : null,
      response: shorten(info.response, access),
    };
  } catch (error) {
    submission.abandon();
    // A refused sender makes the server refuse the recipients too.
    const senderAccepted = errorText(error, 'command') !== 'MAIL FROM';
    if (senderAccepted && tracked.rejected.length > 0) throw recipientsRefused(access, refusalsOf(tracked));
    const failure = classifySmtpError(error, access);
    throw progress.handedOver && !isAnswered(error) ? outcomeUnknown(access, failure.detail) : failure;
  }
};

/** nodemailer keeps its books on the envelope it is given, which is how we learn of refusals before DATA goes out. */
const trackedEnvelope = ({ mailFrom, rcptTo }: SmtpEnvelope, source: Uint8Array): SMTPConnectionEnvelope => ({
  from: mailFrom,
  to: rcptTo,
  size: source.length,
  use8BitMime: source.some((byte) => byte > 0x7f),
  dsn: wishForReports(source),
  rcptQueue: [],
  rejected: [],
  rejectedErrors: [],
  accepted: [],
});

/** The header of what we compose takes a few KB. */
const HEADER_BYTES = 64 * 1024;
const LONGEST_ENVELOPE_ID = 100; // RFC 3461 4.4

/**
 * What nodemailer asks for where the server offers DSN (RFC 3461), and nowhere else: a bounce that names the mail by
 * its Message-ID even where its header does not come back (P6), and not the whole mail in it.
 */
const wishForReports = (source: Uint8Array): SMTPConnectionEnvelope['dsn'] => {
  const header = Buffer.from(source.subarray(0, HEADER_BYTES)).toString('latin1');
  const id = extractIds(headerFields(header).get('message-id') ?? [])[0] ?? '';
  const envelopeId = id.length <= LONGEST_ENVELOPE_ID && /^[!-~]+$/.test(id) ? { envid: id } : {};
  return { ret: 'HDRS', notify: ['FAILURE', 'DELAY'], ...envelopeId };
};

const refusalsOf = ({ rejected, rejectedErrors }: SMTPConnectionEnvelope) =>
  rejected.map((recipient, i) => ({ recipient, response: errorText(rejectedErrors[i], 'response') }));

/** A reply to the message itself: whatever it says, the outcome is known. */
const isAnswered = (error: unknown): boolean =>
  errorNumber(error, 'responseCode') > 0 && errorText(error, 'command') === 'DATA';

const send = (
  { connection }: Submission,
  envelope: SMTPConnectionEnvelope,
  source: Uint8Array,
  progress: { handedOver: boolean }
): Promise<SMTPConnectionSendInfo> =>
  new Promise((resolve, reject) => {
    const message = Readable.from(messageBytes(envelope, source, progress), { objectMode: false });
    connection.send(envelope, message, (error, info) => (error ? reject(error) : resolve(info)));
  });

const PIECE_BYTES = 64 * 1024;

/** Read only once the server has agreed to DATA, by which time it has answered to every recipient. */
function* messageBytes(
  envelope: SMTPConnectionEnvelope,
  source: Uint8Array,
  progress: { handedOver: boolean }
): Generator<Uint8Array> {
  if (envelope.rejected.length > 0) throw new Error('Some recipients were refused.');
  for (let start = 0; start < source.length; start += PIECE_BYTES) {
    const end = start + PIECE_BYTES;
    // Before the last piece is out, the final dot cannot be either.
    progress.handedOver = end >= source.length;
    yield source.subarray(start, end);
  }
}
