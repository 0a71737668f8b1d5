import { unreachable } from '../../../../shared/unreachable';
import { toEmailConnectError } from '../../domain/errors';
import type { EmailConnectError } from '../../domain/errors';
import { answerAsked } from '../../domain/logging/asked';
import type { Verdict } from '../../domain/logging/verdict';
import type { InboxFolder } from '../../domain/sync/folder';
import { isLoss } from '../../domain/sync/suspect';
import type { InboxRequest, LoggedFate, OpenFolder, Ports, RequestOutcome } from '../../ports';
import { inFolder } from '../inbox';
import { fetchMessage, isRefusal, messageToRecord } from './fetch-message';
import { intoThread, mailToPlace } from './mail-to-place';
import { candidateOf, contextOf } from './decision-facts';
import { judgeMessages } from './judge-messages';
import type { Pass, SyncPorts } from './pass';
import { RecordStep } from './record-step';

type RequestPorts = SyncPorts & Pick<Ports, 'requests'>;

/**
 * How many times one request is tried: a message that ends the connection, or this process, does not block the other
 * requests.
 */
const ATTEMPTS = 3;

/**
 * Does what people asked of this inbox, oldest first: under the lease, so that only one process writes for an inbox.
 * An attempt is counted before it is made; an attempt that breaks off ends the turn, and the last one ends the
 * request with the reason.
 */
export const answerRequests = async (ports: RequestPorts, pass: Pass): Promise<void> => {
  const { documentId } = pass.inbox;
  for (
    let request = await ports.requests.next(documentId);
    request && !pass.signal.aborted;
    request = await ports.requests.next(documentId)
  ) {
    await answer(ports, pass, request);
  }
};

const answer = async (ports: RequestPorts, pass: Pass, request: InboxRequest): Promise<void> => {
  const finish = (outcome: RequestOutcome) => ports.requests.finish(pass.fence, request.requestId, outcome);
  if (request.attempts >= ATTEMPTS) return finish(brokenOff);
  await ports.requests.begin(pass.fence, request.requestId);
  try {
    await finish(await logByHand(ports, pass, request));
  } catch (error) {
    const { code, message } = toEmailConnectError(error);
    if (request.attempts + 1 >= ATTEMPTS && code !== 'LEASE_LOST' && !pass.signal.aborted)
      await finish({ code, message: isLoss(error) ? LOST : message, threadDocumentId: null });
    throw error;
  }
};

const LOST = 'The connection to the mail server ended three times while this message was read.';

const brokenOff: RequestOutcome = {
  code: 'MESSAGE_UNREADABLE',
  message: 'Strapi ended three times while this message was read.',
  threadDocumentId: null,
};

const logByHand = async (ports: RequestPorts, pass: Pass, request: InboxRequest): Promise<RequestOutcome> => {
  const { folderPath } = request.location;
  const folders = await ports.folders.list(pass.inbox.documentId);
  const folder = folders.find((one) => one.folderPath === folderPath);
  if (!folder?.cursor) return notThere;
  try {
    return await inFolder(pass.session, folderPath, (open) => logFrom(ports, pass, request, folder, open));
  } catch (error) {
    const { code, message } = toEmailConnectError(error);
    // The loop mends a lost connection; the request is still the oldest then.
    if (code !== 'FOLDER_UNREADABLE' && !isRefusal(error)) throw error;
    return { code, message, threadDocumentId: null };
  }
};

const logFrom = async (
  ports: RequestPorts,
  pass: Pass,
  { location, threadDocumentId, contact }: InboxRequest,
  folder: InboxFolder,
  open: OpenFolder
): Promise<RequestOutcome> => {
  if (open.state.uidValidity !== location.uidValidity) return notThere;
  const { scanned } = await open.scanHeaders([location.imapUid]);
  const candidates = scanned.map((message) => candidateOf(ports, message));
  const [judged] = await judgeMessages(ports, open, candidates, contextOf(ports, pass.inbox, folder, true));
  if (!judged) return notThere;
  const { candidate, verdict } = judged;
  if (verdict.kind !== 'log') return withoutLogging(verdict);
  const wanted = intoThread(verdict, threadDocumentId);
  const answered = answerAsked(await ports.messages.askedFacts(mailToPlace(candidate, wanted), contact));
  // Nothing is read of a message that nobody would find (S45).
  if (answered.kind === 'refuse') return NOT_WRITTEN[answered.because];
  const parsed = await fetchMessage(ports, open, candidate);
  if (!parsed) return notThere;
  const step = new RecordStep(ports, {
    inbox: pass.inbox,
    fence: pass.fence,
    folder,
    uidValidity: location.uidValidity,
    attempts: new Map(),
    announces: true,
  });
  step.logAsked(
    candidate.imapUid,
    messageToRecord(ports, pass.inbox, candidate, wanted, parsed, folder.specialUse),
    { chosen: contact }
  );
  await step.write();
  return outcomeOf(step.fates[0], wanted.threadDocumentId);
};

/** Only what was written counts as done. */
const outcomeOf = (fate: LoggedFate | undefined, threadDocumentId: string): RequestOutcome => {
  switch (fate?.kind) {
    case 'recorded':
    case 'was-there':
      return { code: '', message: '', threadDocumentId };
    case 'refused':
      return failed(fate.failure);
    case 'not-written':
      return NOT_WRITTEN[fate.reason];
    case undefined:
      return notThere;
    default:
      return unreachable(fate);
  }
};

const failed = ({ code, message }: EmailConnectError): RequestOutcome => ({
  code,
  message,
  threadDocumentId: null,
});

const withoutLogging = (verdict: Exclude<Verdict, { kind: 'log' }>): RequestOutcome => {
  if (verdict.kind === 'known') return { code: '', message: '', threadDocumentId: verdict.threadDocumentId };
  if (verdict.kind === 'ignore' && verdict.reason === 'draft') {
    return { code: 'INPUT_INVALID', message: 'A draft was sent to nobody yet.', threadDocumentId: null };
  }
  return removed;
};

const removed: RequestOutcome = {
  code: 'THREAD_UNLOGGED',
  message: 'This message, or its conversation, was removed for good.',
  threadDocumentId: null,
};

const unlogged: RequestOutcome = {
  ...removed,
  message: 'Its conversation was un-logged meanwhile, so nothing of it was logged.',
};

const notThere: RequestOutcome = {
  code: 'NOT_FOUND',
  message: 'This message is no longer where it was.',
  threadDocumentId: null,
};

const noContact: RequestOutcome = {
  code: 'CONTACT_MISSING',
  message: 'This message would be on no contact, where nobody would find it.',
  threadDocumentId: null,
};

const NOT_WRITTEN: Record<Extract<LoggedFate, { kind: 'not-written' }>['reason'], RequestOutcome> = {
  'thread-unlogged': unlogged,
  removed,
  'no-contact': noContact,
  'chosen-is-gone': { ...noContact, message: 'The contact that was chosen for it is not here any more.' },
};
