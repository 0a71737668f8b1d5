import { Readable } from 'node:stream';
import type { SMTPConnectionEnvelope, SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import { EmailConnectError } from '../../domain/errors';
import { extractIds } from '../../domain/identification/extract-ids';
import { headerFields } from '../../domain/identification/header-fields';
import { canonicalMessageId } from '../../domain/identification/message-id';
import type { SmtpEnvelope } from '../../domain/outgoing/outgoing';
import { errorNumber, errorText } from '../../net/foreign-error';
import { shorten } from '../../net/shorten';
import type { RefusedRecipient, ServerAccess, SubmissionReceipt } from '../../ports';
import { classifySmtpError, outcomeUnknown, recipientsRefused } from './classify-smtp-error';
import { connectSmtp } from './connect';
import type { SmtpSubmission } from './connect';
import type { SmtpLimits } from './options';

/**
 * Submits these bytes. Recipients that the server refuses are named in the receipt if it accepts the mail for others;
 * RECIPIENT_REFUSED when it refuses all. Rejects as `connectSmtp` and `classifySmtpError`; with SEND_OUTCOME_UNKNOWN
 * when the connection broke after the last byte was handed over (only then can the server have the message without
 * our knowing); and with LEASE_LOST when `signal` aborted before.
 */
export const submitMessage = async (
  access: ServerAccess,
  limits: SmtpLimits,
  envelope: SmtpEnvelope,
  source: Uint8Array,
  signal: AbortSignal
): Promise<SubmissionReceipt> => {
  const progress = { handedOver: false };
  const stopped = untilStopped(signal, progress);
  try {
    return await submit(access, limits, trackedEnvelope(envelope, source), {
      source,
      signal,
      progress,
      stopped,
    });
  } catch (error) {
    throw signal.aborted && !progress.handedOver ? letGo(access) : error;
  } finally {
    stopped.forget();
  }
};

/** A message that is being submitted. */
interface UnderWay {
  source: Uint8Array;
  signal: AbortSignal;
  /** `handedOver`: the server may have the whole message. */
  progress: { handedOver: boolean };
  stopped: Stopped;
}

const submit = async (
  access: ServerAccess,
  limits: SmtpLimits,
  tracked: SMTPConnectionEnvelope,
  underWay: UnderWay
): Promise<SubmissionReceipt> => {
  const submission = await connectSmtp(access, limits, underWay.signal);
  try {
    const sent = send(submission, tracked, underWay);
    const info = await Promise.race([sent, submission.broken, underWay.stopped.rejects]);
    // A server that answers once too often: this answer belongs to another command.
    if (!underWay.progress.handedOver) throw new Error('The server answered before it had the message.');
    submission.close();
    return {
      serverMessageId: info.serverMessageId ? canonicalMessageId(info.serverMessageId) : null,
      response: shorten(info.response, access),
      refused: refusalsOf(tracked, access),
    };
  } catch (error) {
    submission.abandon();
    // A refused sender makes the server refuse the recipients too.
    const senderAccepted = errorText(error, 'command') !== 'MAIL FROM';
    if (senderAccepted && tracked.rejected.length > 0 && tracked.accepted.length === 0)
      throw recipientsRefused(access, refusalsOf(tracked, access));
    const failure = classifySmtpError(error, access);
    throw underWay.progress.handedOver && !isAnswered(error)
      ? outcomeUnknown(access, failure.detail)
      : failure;
  }
};

interface Stopped {
  /** Rejects when the caller stops; never resolves. */
  rejects: Promise<never>;
  forget(): void;
}

/** After the last byte, how much longer the answer is awaited: without it the outcome is unknown. */
const ANSWER_GRACE_MS = 1_500;

const untilStopped = (signal: AbortSignal, progress: { handedOver: boolean }): Stopped => {
  let onAbort = (): void => undefined;
  const rejects = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(Object.assign(new Error('The caller stopped.'), { code: 'ECONNECTION' }));
    onAbort = () => {
      if (progress.handedOver) setTimeout(stop, ANSWER_GRACE_MS).unref();
      else stop();
    };
  });
  rejects.catch(() => undefined);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort);
  return { rejects, forget: () => signal.removeEventListener('abort', onAbort) };
};

const letGo = ({ host }: ServerAccess): EmailConnectError =>
  new EmailConnectError(
    'LEASE_LOST',
    `The mail was not handed to ${host}: somebody else has it in hand, or this process is told to end.`,
    'Nothing to do: it is tried again by itself.'
  );

/**
 * nodemailer notes refused recipients on the envelope object that it is given, from which we learn of refusals before
 * DATA is sent.
 */
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

/** The header of a mail that we compose takes a few KB. */
const HEADER_BYTES = 64 * 1024;
const LONGEST_ENVELOPE_ID = 100; // RFC 3461 4.4

/**
 * What nodemailer requests where the server offers DSN (RFC 3461), and nowhere else: a bounce that names the mail by
 * its Message-ID even if its header is not returned (P6), and that does not return the whole mail.
 */
const wishForReports = (source: Uint8Array): SMTPConnectionEnvelope['dsn'] => {
  const header = Buffer.from(source.subarray(0, HEADER_BYTES)).toString('latin1');
  const id = extractIds(headerFields(header).get('message-id') ?? [])[0] ?? '';
  const envelopeId = id.length <= LONGEST_ENVELOPE_ID && /^[!-~]+$/.test(id) ? { envid: id } : {};
  return { ret: 'HDRS', notify: ['FAILURE', 'DELAY'], ...envelopeId };
};

const refusalsOf = (
  { rejected, rejectedErrors }: SMTPConnectionEnvelope,
  access: ServerAccess
): RefusedRecipient[] =>
  rejected.map((recipient, i) => ({
    recipient,
    response: shorten(errorText(rejectedErrors[i], 'response'), access),
  }));

/**
 * A refusal of the message itself. A server that answers once too often leaves a 354 in its place, which is no
 * refusal.
 */
const isAnswered = (error: unknown): boolean =>
  errorNumber(error, 'responseCode') >= 400 && errorText(error, 'command') === 'DATA';

const send = (
  { connection }: SmtpSubmission,
  envelope: SMTPConnectionEnvelope,
  underWay: UnderWay
): Promise<SMTPConnectionSendInfo> =>
  new Promise((resolve, reject) => {
    const message = Readable.from(messageBytes(envelope, underWay), { objectMode: false });
    connection.send(envelope, message, (error, info) => (error ? reject(error) : resolve(info)));
  });

const PIECE_BYTES = 64 * 1024;

/**
 * Read only once the server has accepted DATA; by then it has answered for every recipient. The final dot follows the
 * end of these bytes: a submission that stops before has handed over nothing that a server may take for a message
 * (RFC 5321 4.1.1.4).
 */
function* messageBytes(
  envelope: SMTPConnectionEnvelope,
  { source, signal, progress }: UnderWay
): Generator<Uint8Array> {
  if (envelope.accepted.length === 0) throw new Error('All recipients were refused.');
  for (let start = 0; start < source.length; start += PIECE_BYTES) {
    yield source.subarray(start, start + PIECE_BYTES);
  }
  if (signal.aborted) throw new Error('The caller stopped.');
  progress.handedOver = true;
}
