import { EmailConnectError } from '../../domain/errors';
import type { ErrorCode } from '../../domain/errors';
import type { Inbox } from '../../domain/inbox/inbox';
import type { InboxRequest, Location, Ports, RequestOutcome } from '../../ports';
import { askInbox, folderAt, requireInbox } from '../inbox';

export type LogPorts = Pick<
  Ports,
  'inboxes' | 'folders' | 'threads' | 'requests' | 'wakeups' | 'clock' | 'audit'
>;

const LOOK_AGAIN_MS = 250;
const LONGEST_WAIT_MS = 20_000;

/** The message to log; the thread and the contact where a person chose them. */
export type MessageByHand = Pick<InboxRequest, 'location' | 'threadDocumentId' | 'contact'>;

/**
 * "Log it now": asks the process that holds the inbox to log this message, into `threadDocumentId` when one is named,
 * on `contact` when one is named, and waits for it. Resolves with the message's thread. Rejects with NOT_FOUND,
 * INBOX_NOT_CONNECTED, THREAD_UNLOGGED, CONTACT_MISSING when it would be on no contact (S45), REQUEST_PENDING when it is not
 * done within 20 s, or with the reason why it could not be done.
 */
export const logByHand = async (
  ports: LogPorts,
  inboxDocumentId: string,
  message: MessageByHand,
  actor: string
): Promise<string> => {
  assertLive(await requireInbox(ports, inboxDocumentId));
  await assertFolder(ports, inboxDocumentId, message.location);
  if (message.threadDocumentId !== null) await assertLogged(ports, message.threadDocumentId);
  const requestId = await ports.requests.add({ inboxDocumentId, askedBy: actor, kind: 'log', ...message });
  await askInbox(ports, inboxDocumentId);
  // The audit keeps who asked, but not for which message: in the end it may not be logged, and then leaves no trace
  // (S19).
  await ports.audit.record({
    action: 'message.logged-by-hand',
    actor,
    subject: inboxDocumentId,
    outcome: 'ok',
    facts: { requestId: String(requestId), ...contactFacts(message) },
  });
  return threadOf(await outcomeOf(ports, requestId));
};

/** Whoever may read that contact sees the mail: it stays on record who put it there. */
const contactFacts = ({ contact }: MessageByHand): Record<string, string> =>
  contact ? { contactType: contact.contactType, contactDocumentId: contact.documentId } : {};

const assertLive = ({ state, address }: Inbox): void => {
  if (state !== 'paused' && state !== 'disconnected') return;
  throw new EmailConnectError(
    'INBOX_NOT_CONNECTED',
    `The inbox ${address} is ${state}, so nothing of it is logged.`,
    state === 'paused' ? 'Resume the inbox and try again.' : 'Open the inbox and enter its password again.'
  );
};

const assertFolder = async (
  { folders }: Pick<Ports, 'folders'>,
  inboxDocumentId: string,
  location: Location
): Promise<void> => {
  const { watched, folderPath } = folderAt(await folders.list(inboxDocumentId), location);
  if (watched) return;
  throw new EmailConnectError(
    'INPUT_INVALID',
    `"${folderPath}" is not watched, so nothing is logged from it.`,
    'Watch the folder, or move the message to one that is watched.'
  );
};

const assertLogged = async ({ threads }: Pick<Ports, 'threads'>, threadDocumentId: string): Promise<void> => {
  const thread = await threads.summary(threadDocumentId);
  if (thread && thread.state !== 'unlogged') return;
  throw thread
    ? new EmailConnectError(
        'THREAD_UNLOGGED',
        'This conversation was un-logged: nothing is logged into it.',
        'Let it be logged again on its page first.'
      )
    : new EmailConnectError('NOT_FOUND', 'This conversation is not here any more.', 'Choose another one.');
};

const outcomeOf = async (
  { requests, clock }: Pick<Ports, 'requests' | 'clock'>,
  requestId: number
): Promise<RequestOutcome> => {
  for (let waited = 0; waited <= LONGEST_WAIT_MS; waited += LOOK_AGAIN_MS) {
    const outcome = await requests.outcome(requestId);
    if (outcome) return outcome;
    await clock.sleep(LOOK_AGAIN_MS);
  }
  throw new EmailConnectError(
    'REQUEST_PENDING',
    'The inbox has not come to this message yet.',
    'Nothing has to be repeated: it is logged as soon as the inbox gets to it. Look again in a minute.'
  );
};

/** The refusals an inbox can answer with, and what a person can do then. */
const REFUSALS: Partial<Record<ErrorCode, string>> = {
  NOT_FOUND: 'Search for the message again: it was moved or deleted.',
  INPUT_INVALID: 'Send it first; then log the copy that lies in Sent.',
  CONTACT_MISSING: 'Create its contact from the name and address on it, or choose one that is there.',
  THREAD_UNLOGGED: 'Let the conversation be logged again on its page first.',
  MESSAGE_UNREADABLE: 'Open it in your mail program; if it opens there, try again later.',
  FOLDER_UNREADABLE: 'Look whether the folder opens in your mail program, then try again.',
  FOLDER_UNSTABLE: 'Move the message to another folder and log it from there.',
  SERVER_REFUSED: 'Try again later; read the detail for what the server said.',
  CONNECTION_LOST: 'Open it in your mail program; if it opens there, try again later.',
  CONNECTION_TIMED_OUT: 'Open it in your mail program; if it opens there, try again later.',
  DATA_REFUSED: 'An administrator looks at the list of what was set aside: there it says why.',
  STORAGE_FAILED: 'An administrator makes room for files of mail; then try again.',
};

const isRefusal = (code: string): code is ErrorCode => code in REFUSALS;

const threadOf = ({ code, message, threadDocumentId }: RequestOutcome): string => {
  if (code === '' && threadDocumentId !== null) return threadDocumentId;
  if (isRefusal(code)) throw new EmailConnectError(code, message, REFUSALS[code] ?? '');
  throw new EmailConnectError(
    'SERVER_REFUSED',
    message || 'The message could not be logged.',
    'Try again later. If it stays, look at the state of the inbox.',
    code
  );
};
