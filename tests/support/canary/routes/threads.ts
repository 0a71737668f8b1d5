import { z } from 'zod';
import type { AdminCaller } from '../callers';
import { differ, firstOf, refused, told } from '../call';
import type { Asked, Call, Route } from '../call';
import { isListedUnassigned, isTold, mayReopen, recordsFor, seenIn, sightOf } from '../oracle';
import { inOrder } from '../rows-of-threads';
import { card, told as toldOf } from '../told';
import type { World, WorldMessage, WorldThread } from '../world';
import { countOfFiles, splitBySight, wordsOfLine } from './records';
import { mayDo } from '../people';
import type { AdminName } from '../people';

export const NOWHERE = 'nowherenowherenowherenow';
export const at = (thread: string, rest = ''): string => `/email-connect/threads/${thread}${rest}`;

export const ofEachThread =
  (
    rest: string,
    ask: (who: AdminName, thread: WorldThread, seen: WorldMessage[], asked: Asked<AdminCaller>) => Call[]
  ) =>
  (asked: Asked<AdminCaller>): Call[] =>
    asked.world.threads.flatMap((thread) => {
      const { world, caller } = asked;
      const seen = seenIn(world, caller.who, thread.messages).sort(inOrder);
      const isReopened = thread.messages.length === 0 && mayReopen(caller.who, thread);
      if (caller.who !== null && (seen.length > 0 || isReopened)) return ask(caller.who, thread, seen, asked);
      return [refused(at(thread.documentId, rest), { alike: at(NOWHERE, rest) })];
    });

const threadAnswer = z.object({
  messageCount: z.number(),
  attachmentCount: z.number(),
  contacts: z.array(z.object({ documentId: z.string() })),
});
const one = ofEachThread('', (who, thread, seen, { world }) => [
  told(at(thread.documentId), seen.length === 0 ? [thread.subject] : wordsOfLine(world, who, thread, seen), {
    check: ({ json }) => {
      const { messageCount, attachmentCount, contacts } = threadAnswer.parse(json);
      const files = countOfFiles(world, who, seen);
      return firstOf(
        messageCount === seen.length ? null : `${messageCount} messages instead of ${seen.length}`,
        attachmentCount === files ? null : `${attachmentCount} files instead of ${files}`,
        differ(
          'records',
          contacts.map(({ documentId }) => documentId),
          recordsFor(world, who, seen).map(({ documentId }) => documentId)
        )
      );
    },
  }),
]);

const messagesAnswer = z.object({
  messages: z.array(z.object({ documentId: z.string() })),
  earlier: z.string().nullable(),
});

/** The page that ends before `end`, and those before it. */
const pages = (world: World, who: AdminName, thread: WorldThread, seen: WorldMessage[], limit: number) => {
  const page = (before: string | null, end: number): Call => {
    const shown = seen.slice(Math.max(0, end - limit), end);
    return told(
      at(thread.documentId, `/messages?limit=${limit}${before === null ? '' : `&before=${before}`}`),
      shown.flatMap((message) => toldOf(message, sightOf(world, who, message), card)),
      {
        check: ({ json }) => {
          const { messages, earlier } = messagesAnswer.parse(json);
          const found = messages.map(({ documentId }) => documentId).join();
          const due = shown.map(({ documentId }) => documentId).join();
          return firstOf(
            found === due ? null : `messages ${found} instead of ${due}`,
            (earlier !== null) === end > limit ? null : `earlier is ${earlier} before ${end - limit} messages`
          );
        },
        then: ({ json }) => {
          const { earlier } = messagesAnswer.parse(json);
          return earlier === null ? [] : [page(earlier, end - limit)];
        },
      }
    );
  };
  return page(null, seen.length);
};
const messages = ofEachThread('/messages', (who, thread, seen, { world, chance }) => [
  pages(world, who, thread, seen, chance.flip() ? 100 : 1 + chance.int(3)),
]);

/** Some of what they see, and some of what they do not: the pages of conversations have named all of it. */
const message = ({ caller: { who }, world, chance }: Asked<AdminCaller>): Call[] => {
  const { seen, hidden } = splitBySight(world, who);
  const path = (documentId: string) => `/email-connect/messages/${documentId}`;
  return [
    ...chance.some(seen, 2).map((shown) =>
      told(path(shown.documentId), toldOf(shown, sightOf(world, who, shown), [...card, 'body']), {
        check: ({ text }) =>
          !isTold(world, who, shown) || (text.includes(shown.text) && text.includes(shown.html))
            ? null
            : 'it has no body',
      })
    ),
    ...chance.some(hidden, 2).map(({ documentId }) => refused(path(documentId), { alike: path(NOWHERE) })),
  ];
};

const file = ({ caller: { who }, world, chance }: Asked<AdminCaller>): Call[] => {
  const { seen, hidden } = splitBySight(world, who);
  const path = (documentId: string) => `/email-connect/attachments/${documentId}/file`;
  const filesOf = (some: readonly WorldMessage[]) => some.flatMap(({ files }) => files);
  const opened = seen.filter((one) => isTold(world, who, one));
  const named = seen.filter((one) => sightOf(world, who, one) === 'subject');
  const unnamed = seen.filter((one) => sightOf(world, who, one) === 'facts');
  return [
    ...chance.some(filesOf(opened), 2).map(({ documentId, name, content, isStored }) =>
      isStored
        ? told(path(documentId), [name, content], {
            check: ({ text }) => (text.includes(content) ? null : 'it is another file'),
          })
        : refused(path(documentId), { words: [name] })
    ),
    ...chance.some(filesOf(named), 1).map(({ documentId }) => refused(path(documentId))),
    ...chance
      .some(filesOf([...hidden, ...unnamed]), 2)
      .map(({ documentId }) => refused(path(documentId), { alike: path(NOWHERE) })),
  ];
};

/** Asked for by whoever may: then all of it is told whatever its level; refused to everybody else (w69). */
const overridden =
  (kind: 'threads' | 'messages', rest: string) =>
  ({ caller: { who }, world, chance }: Asked<AdminCaller>): Call[] =>
    chance
      .some(
        world.threads.filter(({ messages: some }) => some.length > 0),
        1
      )
      .map(({ documentId, messages: some, subject }) => {
        const { documentId: first } = chance.pick(some);
        const id = kind === 'threads' ? documentId : first;
        const path = `/email-connect/${kind}/${id}${rest}?override=true`;
        if (who !== 'superAdmin') return refused(path);
        return told(path, [subject, ...some.flatMap((one) => toldOf(one, 'own', [...card, 'body']))]);
      });

const unassignedAnswer = z.object({
  threads: z.array(z.object({ documentId: z.string() })),
  total: z.number(),
});

export const threadRoutes: Route[] = [
  {
    route: 'GET /email-connect/unassigned-threads',
    askOfAll: ({ caller: { who }, worlds }) => {
      const path = '/email-connect/unassigned-threads?limit=100';
      if (who === null || !mayDo(who, 'threads')) return [refused(path)];
      const words = worlds.flatMap((world) =>
        world.threads.flatMap((thread) => {
          const unassigned = thread.messages.filter((some) => isListedUnassigned(world, who, some));
          return unassigned.length === 0 ? [] : wordsOfLine(world, who, thread, unassigned);
        })
      );
      const due = worlds.flatMap((world) =>
        world.threads.filter(({ messages: some }) => some.some((one) => isListedUnassigned(world, who, one)))
      );
      return [
        told(path, words, {
          check: ({ json }) => {
            const { total, threads } = unassignedAnswer.parse(json);
            return firstOf(
              total === due.length ? null : `total ${total} instead of ${due.length}`,
              total > 100
                ? null
                : differ(
                    'conversations',
                    threads.map(({ documentId }) => documentId),
                    due.map(({ documentId }) => documentId)
                  )
            );
          },
        }),
      ];
    },
  },
  {
    route: 'GET /email-connect/threads/:documentId',
    ask: (asked) => [...one(asked), ...overridden('threads', '')(asked)],
  },
  {
    route: 'GET /email-connect/threads/:documentId/messages',
    ask: (asked) => [...messages(asked), ...overridden('threads', '/messages')(asked)],
  },
  {
    route: 'GET /email-connect/messages/:documentId',
    ask: (asked) => [...message(asked), ...overridden('messages', '')(asked)],
  },
  { route: 'GET /email-connect/attachments/:documentId/file', ask: file },
];
