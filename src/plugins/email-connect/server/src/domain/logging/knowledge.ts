import type { MessageId } from '../identification/message-id';
import { fingerprint } from '../message/dedup-identity';
import type { Candidate } from '../message/message';
import { participantsOf } from '../message/participants';
import type { Decision, KnownId, KnownThread, LoggingFacts, ThreadToBegin, Verdict } from './verdict';

type Log = Extract<Verdict, { kind: 'log' }>;

/** What the records know, and what the messages of a chunk that are to be logged add to it. */
export class Knowledge {
  readonly facts: LoggingFacts;
  private readonly ids: Map<MessageId, KnownId>;
  private readonly threadIndexRoots: Map<string, string>;
  private readonly serverThreads: Map<string, string>;
  private readonly threads: Map<string, KnownThread>;
  private readonly begun = new Map<string, ThreadToBegin>();

  constructor(facts: LoggingFacts) {
    this.ids = new Map(facts.ids);
    this.threadIndexRoots = new Map(facts.threadIndexRoots);
    this.serverThreads = new Map(facts.serverThreads);
    this.threads = new Map(facts.threads);
    const { ids, threadIndexRoots, serverThreads, threads } = this;
    this.facts = { ...facts, ids, threadIndexRoots, serverThreads, threads };
  }

  /**
   * Every message of a thread that begins in this chunk carries how the thread begins: their UIDs decide which
   * message is recorded first, and the message that began the thread here may be gone by then.
   */
  withBeginning(decision: Decision): Decision {
    const { verdict } = decision;
    if (verdict.kind !== 'log' || verdict.begins) return decision;
    const begins = this.begun.get(verdict.threadDocumentId);
    return begins ? { ...decision, verdict: { ...verdict, begins } } : decision;
  }

  /**
   * true when the verdict taught something new. The id has no record yet: a second copy in the chunk is decided `log`
   * as well, and found to be a duplicate when it is written.
   */
  learn(candidate: Candidate, verdict: Verdict): boolean {
    switch (verdict.kind) {
      case 'log': {
        const news = [this.learnThread(candidate, verdict), this.learnMarks(candidate, verdict)];
        return news.includes(true);
      }
      case 'known': {
        const { threadDocumentId, messageDocumentId } = verdict;
        const copied = { fingerprint: fingerprint(candidate.headers), inboxDocumentId: null };
        const known: KnownId = { kind: 'alias', threadDocumentId, messageDocumentId, copied };
        return verdict.aliases.map((id) => add(this.ids, id, known)).includes(true);
      }
      default:
        return false;
    }
  }

  private learnThread({ headers, receivedAt }: Candidate, { threadDocumentId, begins }: Log): boolean {
    const people = participantsOf(headers);
    const thread = this.threads.get(threadDocumentId);
    if (!thread) {
      if (!begins) return false;
      this.begun.set(threadDocumentId, begins);
      this.threads.set(threadDocumentId, {
        documentId: threadDocumentId,
        state: 'open',
        baseSubject: begins.baseSubject,
        participants: new Set(people),
        lastMessageAt: receivedAt,
      });
      return true;
    }
    if (people.every((address) => thread.participants.has(address))) return false;
    this.threads.set(threadDocumentId, {
      ...thread,
      participants: new Set([...thread.participants, ...people]),
    });
    return true;
  }

  private learnMarks({ headers, serverThreadId }: Candidate, { threadDocumentId }: Log): boolean {
    const known: KnownId = { kind: 'own', threadDocumentId, messageDocumentId: null };
    return [
      headers.messageId !== null && add(this.ids, headers.messageId, known),
      headers.threadIndexRoot !== null &&
        add(this.threadIndexRoots, headers.threadIndexRoot, threadDocumentId),
      serverThreadId !== null && add(this.serverThreads, serverThreadId, threadDocumentId),
    ].includes(true);
  }
}

/** What the records say stays: later mail cannot move a known id to its own thread. true when the key was new. */
const add = <Key, Value>(map: Map<Key, Value>, key: Key, value: Value): boolean => {
  if (map.has(key)) return false;
  map.set(key, value);
  return true;
};
