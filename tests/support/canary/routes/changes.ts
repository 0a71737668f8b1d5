import type { AdminCaller } from '../callers';
import { refused, told } from '../call';
import type { Asked, Call, Route } from '../call';
import { isTold, mayReopen, readsRecord, seenIn, sightOf } from '../oracle';
import { mayDo } from '../people';
import { card, told as toldOf } from '../told';
import { messagesOf, threadOf } from '../world';
import type { World, WorldMessage, WorldThread } from '../world';
import { splitBySight, wordsOfLine } from './records';

const at = (kind: 'threads' | 'messages' | 'attachments', documentId: string, verb = ''): string =>
  `/email-connect/${kind}/${documentId}${verb && `/${verb}`}`;

type Ask = (asked: Asked<AdminCaller>) => Call[];

/** Whether they are told all of it: else they decide nothing about it (w52). */
const seesWhole = ({ caller: { who }, world }: Asked<AdminCaller>, thread: WorldThread): boolean =>
  thread.messages.length === 0
    ? mayReopen(who, thread)
    : thread.messages.every((message) => isTold(world, who, message));

const wordsOf = (world: World, { who }: AdminCaller, thread: WorldThread): string[] =>
  who === null || thread.messages.length === 0
    ? [thread.subject]
    : [
        ...wordsOfLine(world, who, thread, thread.messages),
        ...thread.messages.flatMap((message) => toldOf(message, sightOf(world, who, message), card)),
      ];

const NOWHERE = 'nowherenowherenowherenow';

/** Refused to whoever sees a part, and like one that is not there to whoever sees nothing. */
const thread = (
  verb: string,
  body: object,
  isFor: (thread: WorldThread) => boolean = () => true
): { ask: Ask; change: Ask } => ({
  ask: (asked) =>
    asked.world.threads
      .filter((one) => !seesWhole(asked, one))
      .map((one) =>
        refused(at('threads', one.documentId, verb), {
          method: 'POST',
          body,
          ...(seenIn(asked.world, asked.caller.who, one.messages).length === 0
            ? { alike: at('threads', NOWHERE, verb) }
            : {}),
        })
      ),
  change: (asked) =>
    asked.chance
      .some(
        asked.world.threads.filter((one) => seesWhole(asked, one) && isFor(one)),
        1
      )
      .map((one) =>
        told(at('threads', one.documentId, verb), wordsOf(asked.world, asked.caller, one), {
          method: 'POST',
          body,
        })
      ),
});

/** Refused for what they do not see; where it depends on how the mail stands, only what the answer tells is looked at. */
const message = (
  method: string,
  verb: string,
  expects: 'told' | 'any',
  body?: object
): { ask: Ask; change: Ask } => {
  const call = ({ documentId }: WorldMessage) => ({ method, body, path: at('messages', documentId, verb) });
  return {
    ask: ({ caller: { who }, world, chance }) => {
      const { hidden, seen } = splitBySight(world, who);
      const partly = seen.filter((one) => !isTold(world, who, one));
      return [
        ...chance
          .some(hidden, 2)
          .map((one) => refused('', { ...call(one), alike: at('messages', NOWHERE, verb) })),
        ...chance.some(partly, 1).map((one) => refused('', call(one))),
      ];
    },
    change: ({ caller: { who }, world, chance }) =>
      chance
        .some(
          // Of a conversation that is emptied nobody is told any more but who may have it logged again.
          splitBySight(world, who).seen.filter(
            (seen) => isTold(world, who, seen) && threadOf(world, seen).messages.length > 1
          ),
          1
        )
        .map((seen) =>
          told('', toldOf(seen, sightOf(world, who, seen), [...card, 'body']), { ...call(seen), expects })
        ),
  };
};

const fetchAgain: { ask: Ask; change: Ask } = {
  ask: ({ caller: { who }, world, chance }) =>
    chance
      .some(
        splitBySight(world, who).hidden.flatMap(({ files }) => files),
        2
      )
      .map(({ documentId }) =>
        refused(at('attachments', documentId, 'fetch'), {
          method: 'POST',
          alike: at('attachments', NOWHERE, 'fetch'),
        })
      ),
  change: ({ caller: { who }, world, chance }) =>
    chance
      .some(
        splitBySight(world, who).seen.filter((seen) => isTold(world, who, seen)),
        1
      )
      .flatMap((seen) =>
        seen.files.map(({ documentId }) =>
          told(
            at('attachments', documentId, 'fetch'),
            toldOf(seen, sightOf(world, who, seen), ['people', 'fileNames']),
            { method: 'POST', expects: 'any' }
          )
        )
      ),
};

/** From a record that they may not read, and from one that they may as an answer to what they are not told (w53). */
const send: Ask = ({ caller: { who }, world, chance }) => {
  const untold = messagesOf(world).filter((message) => !isTold(world, who, message));
  const reads = world.records.filter((record) => who && mayDo(who, 'threads') && readsRecord(who, record));
  const form = (record: World['records'][number], answersDocumentId: string | null) => {
    const body = new FormData();
    const { contactType, documentId } = record;
    const mail = { to: ['x@customer.test'], cc: [], bcc: [], subject: 'Hello', text: 'Hello', html: '' };
    const key = `walkwalkwalkwalk${documentId}`;
    body.set(
      'data',
      JSON.stringify({ key, contact: { contactType, documentId }, answersDocumentId, ...mail })
    );
    return { method: 'POST', body };
  };
  const foreign = world.records.filter((record) => !reads.includes(record));
  return [
    ...chance.some(foreign, 1).map((record) => refused('/email-connect/messages', form(record, null))),
    ...chance
      .some(untold, 1)
      .flatMap(({ documentId }) =>
        chance.some(reads, 1).map((record) => refused('/email-connect/messages', form(record, documentId)))
      ),
  ];
};

/** Verbs that take mail away come last: a world has less of it then. */
export const changeRoutes: Route[] = [
  { route: 'POST /email-connect/attachments/:documentId/fetch', isRare: true, ...fetchAgain },
  { route: 'POST /email-connect/messages', isRare: true, ask: send },
  {
    route: 'POST /email-connect/messages/:documentId/cancel',
    isRare: true,
    ...message('POST', 'cancel', 'any'),
  },
  {
    route: 'POST /email-connect/messages/:documentId/release',
    isRare: true,
    ...message('POST', 'release', 'any'),
  },
  {
    route: 'POST /email-connect/messages/:documentId/settle',
    isRare: true,
    ...message('POST', 'settle', 'any', { answer: 'did-not' }),
  },
  {
    route: 'POST /email-connect/threads/:documentId/state',
    isRare: true,
    ...thread('state', { state: 'muted' }, ({ messages }) => messages.length > 0),
  },
  { route: 'POST /email-connect/threads/:documentId/relog', isRare: true, ...thread('relog', {}) },
  {
    route: 'DELETE /email-connect/messages/:documentId',
    isRare: true,
    ...message('DELETE', '', 'told'),
  },
  { route: 'POST /email-connect/threads/:documentId/unlog', isRare: true, ...thread('unlog', {}) },
];
