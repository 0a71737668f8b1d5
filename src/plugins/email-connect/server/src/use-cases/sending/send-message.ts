import { EmailConnectError, toEmailConnectError } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import { addressUnconfirmed, teamAddressOf } from '../../domain/inbox/team-address';
import type { DeliveryStatus } from '../../domain/outgoing/outgoing';
import { toldOf } from '../../domain/outgoing/stage';
import type { OutgoingStage } from '../../domain/outgoing/stage';
import type { OutgoingFailure } from '../../domain/outgoing/transition';
import type { OutboxEntry, Ports, Press, PressedMail, QueuedMail } from '../../ports';
import { notConnected } from '../inbox';
import { withPatience } from '../waiting';
import { assertMayFit } from './compose-outgoing';
import { prepareOutgoing } from './prepare-outgoing';
import type { WrittenMail } from './prepare-outgoing';
import { mayUse } from './require-outgoing';
import { outboxKey } from './run-outbox';
import { submitInBackground } from './submit-in-background';
import type { Submitted } from './submit-message';

/** A press of Send. */
export interface MessageToSend extends WrittenMail {
  /** documentId of the admin user who sends. */
  senderDocumentId: string;
  /** An inbox that they own or are named on; without it, their own. */
  inboxDocumentId?: string | null;
  /** null: every call makes a new mail. */
  press: { key: string; hashContent(): Promise<string> } | null;
}

export interface SentMessage {
  messageDocumentId: string;
  threadDocumentId: string;
  /** The status as it is recorded. Reports by recipients' servers come later. */
  deliveryStatus: Exclude<DeliveryStatus, 'delayed' | 'bounced'>;
  /** Recipients that the server refused although it accepted the mail, in words; '' for none. */
  notice: string;
}

/**
 * Longer than a working server takes. A person who waits longer is told `queued`, and sees the rest in the
 * conversation.
 */
const PATIENCE_MS = 5_000;
const LOOK_MS = 1_000;

/**
 * Sends a mail from a contact through the sender's own inbox, or one on which they are named: composed once, recorded with its ids before the server
 * sees it (S14), then submitted; its copy in Sent follows. Answers within seconds with what is recorded (S51); a
 * repeated press is answered with the mail that the first one made. Rejects with INBOX_NOT_CONNECTED (S3: never
 * another mailbox), NOT_ALLOWED, ADDRESS_UNCONFIRMED, ADDRESS_INVALID, HEADER_INJECTION, INPUT_INVALID, MESSAGE_TOO_LARGE, NOT_FOUND, SEND_KEY_USED, or
 * with the server's refusal, which is final.
 */
export const sendMessage = async (ports: Ports, message: MessageToSend): Promise<SentMessage> => {
  assertMayFit(message, ports.settings.outgoingLimitBytes);
  const press = message.press && (await pressOf(message.senderDocumentId, message.press));
  const pressed = press && (await ports.outbox.findPress(press));
  if (press && pressed) return answerAgain(ports, press, pressed);
  const inbox = await senderInbox(ports, message);
  if (teamAddressOf(inbox, ports.settings) === 'unconfirmed') throw addressUnconfirmed(inbox.address);
  const queued = await prepareOutgoing(ports, inbox, message, press).catch((error: unknown) =>
    afterLostAnswer(ports, press, error)
  );
  if (queued.kind === 'queued') return submitNow(ports, queued.entry);
  // The same press arrived twice at once, or the answer to its COMMIT was lost: the inbox's loop sends its mail.
  ports.wakeups.wake(outboxKey(inbox.documentId));
  return answerAgain(ports, queued.press, queued.pressed);
};

/** A COMMIT may have taken effect although its answer was lost: then the press has made its mail already. */
const afterLostAnswer = async (ports: Ports, press: Press | null, error: unknown): Promise<QueuedMail> => {
  const pressed = press && (await ports.outbox.findPress(press).catch(() => null));
  if (press && pressed) return { kind: 'pressed-before', press, pressed };
  throw error;
};

const pressOf = async (
  senderDocumentId: string,
  { key, hashContent }: NonNullable<MessageToSend['press']>
): Promise<Press> => ({ senderDocumentId, key, contentHash: await hashContent() });

const senderInbox = async (
  ports: Ports,
  { senderDocumentId, inboxDocumentId = null }: MessageToSend
): Promise<Inbox> => {
  if (inboxDocumentId !== null) return chosenInbox(ports, inboxDocumentId, senderDocumentId);
  const inbox = await ports.inboxes.findByOwner(senderDocumentId);
  if (!inbox || inbox.state === 'disconnected') {
    throw new EmailConnectError(
      'INBOX_NOT_CONNECTED',
      'You have no connected inbox, so there is nothing this mail could be sent from.',
      'Connect your inbox under Email, then send again.'
    );
  }
  return inbox;
};

const chosenInbox = async (ports: Ports, documentId: string, sender: string): Promise<Inbox> => {
  const inbox = await ports.inboxes.load(documentId);
  if (!inbox || !(await mayUse(ports, inbox, sender))) {
    throw new EmailConnectError(
      'NOT_ALLOWED',
      'You may not send from this inbox: it is not yours, and you are not named on it.',
      'Send from your own inbox, or ask the owner of this one to name you.'
    );
  }
  if (inbox.state === 'disconnected') throw notConnected(inbox);
  return inbox;
};

/** The same content gets the same answer, whatever became of the mail meanwhile. */
const answerAgain = async (
  ports: Ports,
  { contentHash }: Pick<Press, 'contentHash'>,
  pressed: PressedMail
): Promise<SentMessage> => {
  if (pressed.contentHash !== contentHash) {
    throw new EmailConnectError(
      'SEND_KEY_USED',
      'This mail was sent before with other words or files.',
      'Look at the conversation, then write a new mail.'
    );
  }
  const entry = await ports.outbox.load(pressed.messageDocumentId);
  if (!entry) {
    throw new EmailConnectError(
      'NOT_FOUND',
      'This mail was sent before, and removed since.',
      'Write a new mail.'
    );
  }
  return answerOf(entry, entry.stage, entry.failure);
};

const submitNow = async (ports: Ports, entry: OutboxEntry): Promise<SentMessage> => {
  const submission = submitInBackground(ports, entry);
  const outcome = await withPatience(ports.clock, PATIENCE_MS, submission).catch((error: unknown) => {
    const { code, detail } = toEmailConnectError(error);
    ports.logger.warn(`Outgoing message ${entry.messageDocumentId} waits: ${code} ${detail}`);
    return null;
  });
  const told = outcome ?? (await recordedNow(ports, entry));
  return answerOf(entry, told.stage, told.failure);
};

/**
 * The submission takes longer, another process had the mail, or the answer of the database was lost: only what is
 * stored is told. If the database fails, that is `queued`, as it was recorded: the person will look at the
 * conversation again.
 */
const recordedNow = async (ports: Ports, entry: OutboxEntry): Promise<Submitted> => {
  const stored = ports.outbox.load(entry.messageDocumentId);
  return (await withPatience(ports.clock, LOOK_MS, stored).catch(() => null)) ?? entry;
};

/** Rejects with a refusal: the writer still has the text, and has to change something. */
const answerOf = (
  { messageDocumentId, threadDocumentId }: OutboxEntry,
  stage: OutgoingStage,
  failure: OutgoingFailure | null
): SentMessage => {
  if (stage === 'refused' && failure) {
    throw new EmailConnectError(failure.code, failure.message, failure.nextStep, failure.detail);
  }
  const deliveryStatus = toldOf(stage);
  const notice = stage === 'sent' || stage === 'filed' ? (failure?.message ?? '') : '';
  return { messageDocumentId, threadDocumentId, deliveryStatus, notice };
};
