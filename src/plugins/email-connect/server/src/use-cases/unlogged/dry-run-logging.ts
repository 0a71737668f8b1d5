import type { DryRunAnswer, RuleToTry } from '../../../../shared/contracts/policy';
import type { Inbox, LoggingPolicy } from '../../domain/inbox/inbox';
import { dryRunCount } from '../../domain/logging/dry-run-count';
import type { LoggingFacts, LoggingRule } from '../../domain/logging/verdict';
import type { Candidate, ImapUid } from '../../domain/message/message';
import { chunkUids } from '../../domain/sync/uid-set';
import type { InboxFolder } from '../../domain/sync/folder';
import type { ImapSession, OpenFolder, Ports } from '../../ports';
import { candidateOf, contextOf, decideAll, withTraces } from '../reading';
import type { DecidedMessage } from '../reading';
import { requireInbox } from '../inbox';
import { lookIntoFolders, withSession } from './look-into-folders';
import type { SessionPorts } from './look-into-folders';

type DryRunPorts = SessionPorts & Pick<Ports, 'folders' | 'mime' | 'logging'>;

export interface LoggingToTry {
  /** undefined: the inbox's own policy. */
  policy?: LoggingPolicy | undefined;
  /** Besides the existing rules. */
  rules: RuleToTry[];
  since: Date;
}

const MOST_MESSAGES = 5_000;
const CHUNK_SIZE = 500;

/**
 * What would be logged from the watched folders since `since` with another policy or other rules: decided on the
 * headers of the newest 5,000 messages, over a connection of its own. Nothing is logged or kept, no body is read
 * (S12). Rejects with NOT_FOUND, INBOX_NOT_CONNECTED, or with the server's refusal.
 */
export const dryRunLogging = async (
  ports: DryRunPorts,
  inboxDocumentId: string,
  { policy, rules, since }: LoggingToTry,
  signal: AbortSignal
): Promise<DryRunAnswer> => {
  const stored = await requireInbox(ports, inboxDocumentId);
  const inbox: Inbox = { ...stored, policy: policy ?? stored.policy };
  const folders = (await ports.folders.list(inboxDocumentId)).filter(
    ({ watched, listed }) => watched && listed
  );
  const tried = rules.map((rule, i): LoggingRule => ({
    ...rule,
    documentId: `tried ${i}`,
    inboxDocumentId: null,
  }));
  const known = new Map(tried.map((rule) => [rule.documentId, rule]));
  const decide = async (open: OpenFolder, folder: InboxFolder, candidates: readonly Candidate[]) => {
    const facts = await factsWith(ports, inboxDocumentId, candidates, tried);
    facts.rules.forEach((rule) => known.set(rule.documentId, rule));
    const context = contextOf(ports, inbox, folder);
    const traced = await withTraces(open, decideAll(candidates, facts, context));
    return decideAll(
      traced.map(({ candidate }) => candidate),
      facts,
      context
    );
  };
  const { decided, isCut, unreadable } = await withSession(ports, inbox, signal, (session) =>
    decideNewest(ports, session, folders, since, decide)
  );
  const { byRule, ...count } = dryRunCount(decided);
  return {
    ...count,
    isCut,
    byRule: [...known.values()]
      .filter((rule) => byRule.has(rule.documentId) || tried.includes(rule))
      .map((rule) => ({
        field: rule.field,
        pattern: rule.pattern,
        documentId: tried.includes(rule) ? null : rule.documentId,
        messages: byRule.get(rule.documentId) ?? 0,
      })),
    bodiesRead: 0,
    unreadable,
  };
};

/** The tried rules stand after the existing ones: they show what they would keep out in addition. */
const factsWith = async (
  { logging }: Pick<Ports, 'logging'>,
  inboxDocumentId: string,
  candidates: readonly Candidate[],
  tried: readonly LoggingRule[]
): Promise<LoggingFacts> => {
  const facts = await logging.loadFacts(inboxDocumentId, candidates);
  return { ...facts, rules: [...facts.rules, ...tried] };
};

/**
 * The number of messages is asked first, so that every folder gives its newest messages in proportion. Each folder's
 * are decided on while it is open.
 */
const decideNewest = async (
  { mime }: Pick<Ports, 'mime'>,
  session: ImapSession,
  folders: readonly InboxFolder[],
  since: Date,
  decide: (
    open: OpenFolder,
    folder: InboxFolder,
    candidates: readonly Candidate[]
  ) => Promise<DecidedMessage[]>
) => {
  const listed = await lookIntoFolders(session, folders, async (open, folder) => ({
    folder,
    imapUids: await open.listUidsSince(since),
  }));
  const total = listed.results.reduce((sum, { imapUids }) => sum + imapUids.length, 0);
  const share = Math.min(1, MOST_MESSAGES / Math.max(1, total));
  const newest = new Map(
    listed.results.map(({ folder, imapUids }) => [
      folder.folderPath,
      imapUids.slice(imapUids.length - Math.floor(imapUids.length * share)),
    ])
  );
  const { results, unreadable } = await lookIntoFolders(
    session,
    listed.results.map(({ folder }) => folder),
    async (open, folder) =>
      decide(open, folder, await scanAll({ mime }, open, newest.get(folder.folderPath) ?? []))
  );
  return { decided: results.flat(), isCut: share < 1, unreadable: [...listed.unreadable, ...unreadable] };
};

const scanAll = async (
  ports: Pick<Ports, 'mime'>,
  open: OpenFolder,
  imapUids: readonly ImapUid[]
): Promise<Candidate[]> => {
  const candidates: Candidate[] = [];
  for (const chunk of chunkUids(imapUids, CHUNK_SIZE)) {
    const { scanned } = await open.scanHeaders(chunk);
    candidates.push(...scanned.map((message) => candidateOf(ports, message)));
  }
  return candidates;
};
