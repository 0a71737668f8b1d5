import { knownKeys } from '../../../domain/logging/known-keys';
import type { Candidate } from '../../../domain/message/message';
import { baseSubject, hasReplyMark } from '../../../domain/subject/base-subject';
import type { LoggingRecords } from '../../../ports';
import type { Strapi } from '../base/strapi';
import { loadTeam } from '../people/load-team';
import { loadKnownIds } from './known-ids';
import type { KnownIds } from './known-ids';
import { loadKnownMessages } from './known-messages';
import { loadKnownPeople } from './known-people';
import { loadKnownThreads, threadsBySubject } from './known-threads';
import { loadRules } from './logging-rules';

export const createLoggingRecords = (strapi: Strapi): LoggingRecords => ({
  loadFacts: async (
    inboxDocumentId,
    candidates,
    { mayBegin, everyone } = { mayBegin: [], everyone: true }
  ) => {
    const ids = await loadKnownIds(strapi, inboxDocumentId, candidates);
    const team = await loadTeam(strapi);
    const messages = await loadKnownMessages(strapi, candidates, team);
    const records = [...messages.recorded.values(), ...messages.sent.values()];
    const heardOf = new Set(candidates.filter((candidate) => leadsToThread(candidate, ids)));
    const answers = candidates.filter((candidate) => !heardOf.has(candidate) && isAnswerBySubject(candidate));
    const threadDocumentIds = [
      ...[...ids.ids.values(), ...records].map(({ threadDocumentId }) => threadDocumentId),
      ...ids.threadIndexRoots.values(),
      ...ids.serverThreads.values(),
      ...(await threadsBySubject(strapi, answers, team)),
      ...mayBegin,
    ];
    const people = everyone ? candidates : [...heardOf, ...answers];
    return {
      ...ids,
      ...messages,
      ...(await loadKnownPeople(strapi, people, team)),
      threads: await loadKnownThreads(strapi, threadDocumentIds),
      rules: await loadRules(strapi, inboxDocumentId),
      team,
    };
  },
});

const leadsToThread = (candidate: Candidate, { ids, threadIndexRoots, serverThreads }: KnownIds): boolean =>
  knownKeys(candidate).some((id) => ids.has(id)) ||
  threadIndexRoots.has(candidate.headers.threadIndexRoot ?? '') ||
  serverThreads.has(candidate.serverThreadId ?? '');

/** Only a mail whose subject marks it as an answer may belong to a thread by its subject (b.3-11). */
const isAnswerBySubject = ({ headers: { subject } }: Candidate): boolean =>
  hasReplyMark(subject) && baseSubject(subject) !== '';
