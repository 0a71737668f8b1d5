import { z } from 'zod';
import type { AdminCaller } from '../callers';
import { differ, firstOf, refused, told } from '../call';
import type { Asked, AskedOfAll, Call, Route } from '../call';
import { deciding, isTold, mayAnswer, mayReopen, seenIn } from '../oracle';
import { mayDo } from '../people';
import type { AdminName } from '../people';
import { canariesIn } from '../words';
import type { World, WorldMessage, WorldThread } from '../world';
import { splitBySight, wordsOfLine } from './records';
import { at, NOWHERE, ofEachThread } from './threads';

const accessAnswer = z.object({ tellsAll: z.boolean(), asked: z.string().nullable() });

/** What they can do about how much they are told. */
const access = ofEachThread('/access', (who, thread, seen, { world }) => [
  seen.length === 0
    ? refused(at(thread.documentId, '/access'))
    : told(at(thread.documentId, '/access'), [], {
        check: ({ json }) => {
          const { tellsAll, asked } = accessAnswer.parse(json);
          const states = thread.questions.filter((one) => one.who === who).map(({ state }) => state);
          const due =
            (['open', 'refused', 'granted'] as const).find((state) => states.includes(state)) ?? null;
          return firstOf(
            tellsAll === seen.every((message) => isTold(world, who, message))
              ? null
              : `tellsAll is ${tellsAll}`,
            asked === due ? null : `asked is ${asked} instead of ${due}`
          );
        },
      }),
]);

const requestsAnswer = z.object({ requests: z.array(z.object({ id: z.number() })) });

const questions = ({ caller: { who }, worlds }: AskedOfAll<AdminCaller>): Call[] => {
  const path = '/email-connect/access-requests';
  if (who === null || !mayDo(who, 'threads')) return [refused(path)];
  const open = worlds.flatMap((world) =>
    world.threads.flatMap((thread) =>
      thread.questions
        .filter((one) => one.state === 'open' && mayAnswer(who, one))
        .map((question) => ({ world, thread, question }))
    )
  );
  return [
    told(
      path,
      open.flatMap(({ world, thread, question }) => {
        const seen = seenIn(world, who, thread.messages);
        const line = seen.length > 0 ? wordsOfLine(world, who, thread, seen) : [];
        return [...canariesIn(question.inbox.address), ...line, ...reopened(who, thread)];
      }),
      {
        check: ({ json }) =>
          differ(
            'questions',
            requestsAnswer.parse(json).requests.map(({ id }) => id),
            open.map(({ question }) => question.id)
          ),
      }
    ),
  ];
};
const reopened = (who: AdminName, thread: WorldThread) =>
  thread.messages.length === 0 && mayReopen(who, thread) ? [thread.subject] : [];

const answered = (who: AdminName | null, worlds: readonly World[]): Call[] =>
  worlds
    .flatMap(({ threads }) => threads.flatMap((thread) => thread.questions))
    .filter((one) => one.state !== 'open' || !mayAnswer(who, one))
    .slice(0, 2)
    .map(({ id }) =>
      refused(`/email-connect/access-requests/${id}`, { method: 'POST', body: { answer: 'granted' } })
    );

/** To whoever does not own an inbox whose level counts for any of it. */
const levelRefused = ({ world, caller: { who } }: Asked<AdminCaller>): Call[] =>
  world.threads
    .filter(
      ({ messages: some }) =>
        seenIn(world, who, some).length === 0 ||
        !some.some((one) => deciding(world, one).some(({ owner }) => owner === who))
    )
    .slice(0, 2)
    .map(({ documentId }) =>
      refused(at(documentId, '/level'), { method: 'PUT', body: { level: 'private' } })
    );

const ofMessage = (documentId: string, rest: string): string =>
  `/email-connect/messages/${documentId}/${rest}`;

const messageAccessAnswer = z.object({ decides: z.object({}).nullable() });
const messageAccess = ({ world, caller: { who }, chance }: Asked<AdminCaller>): Call[] => {
  const { seen, hidden } = splitBySight(world, who);
  return [
    ...chance.some(seen, 1).map((shown) =>
      told(ofMessage(shown.documentId, 'access'), [], {
        check: ({ json }) => {
          const decides = messageAccessAnswer.parse(json).decides !== null;
          const due = deciding(world, shown).some(({ owner }) => owner === who);
          return decides === due ? null : `decides is ${decides}`;
        },
      })
    ),
    ...chance
      .some(hidden, 1)
      .map(({ documentId }) =>
        refused(ofMessage(documentId, 'access'), { alike: ofMessage(NOWHERE, 'access') })
      ),
  ];
};

/** To whoever does not see it, or does not own an inbox whose level counts for it. */
const messageLevelRefused = ({ world, caller: { who }, chance }: Asked<AdminCaller>): Call[] => {
  const isTheirs = (one: WorldMessage) => deciding(world, one).some(({ owner }) => owner === who);
  const { seen, hidden } = splitBySight(world, who);
  return chance
    .some([...hidden, ...seen.filter((one) => !isTheirs(one))], 2)
    .map(({ documentId }) =>
      refused(ofMessage(documentId, 'level'), { method: 'PUT', body: { level: 'private' } })
    );
};

/** To whoever sees nothing of it, or is told all that they see. */
const askRefused = ({ world, caller: { who } }: Asked<AdminCaller>): Call[] =>
  world.threads
    .filter(({ messages: some }) => seenIn(world, who, some).every((one) => isTold(world, who, one)))
    .slice(0, 2)
    .map(({ documentId }) => refused(at(documentId, '/access-requests'), { method: 'POST', body: {} }));

export const accessRoutes: Route[] = [
  { route: 'GET /email-connect/threads/:documentId/access', ask: access },
  {
    route: 'PUT /email-connect/threads/:documentId/level',
    isRare: true,
    ask: levelRefused,
  },
  {
    route: 'POST /email-connect/threads/:documentId/access-requests',
    isRare: true,
    ask: askRefused,
  },
  { route: 'GET /email-connect/messages/:documentId/access', ask: messageAccess },
  { route: 'PUT /email-connect/messages/:documentId/level', isRare: true, ask: messageLevelRefused },
  { route: 'GET /email-connect/access-requests', askOfAll: questions },
  {
    route: 'POST /email-connect/access-requests/:id',
    isRare: true,
    askOfAll: ({ caller: { who }, worlds }) => answered(who, worlds),
  },
];
