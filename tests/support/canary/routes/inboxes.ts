import { z } from 'zod';
import type { AdminCaller } from '../callers';
import { differ, refused, told } from '../call';
import type { Asked, AskedOfAll, Call, Route } from '../call';
import { mayChange, sightOfUnsent } from '../oracle';
import { mayDo } from '../people';
import type { AdminName } from '../people';
import { told as toldOf } from '../told';
import { canariesIn } from '../words';
import { messagesOf } from '../world';
import type { WorldInbox } from '../world';

const at = ({ documentId }: WorldInbox, rest: string): string =>
  `/email-connect/inboxes/${documentId}${rest && `/${rest}`}`;

type Ask = (asked: Asked<AdminCaller>) => Call[];

/** Of an inbox: as its owner and managers are told it, and refused to everybody else. */
const toThoseWhoMayChange =
  (
    rest: string,
    ask: (inbox: WorldInbox, who: AdminName, asked: Asked<AdminCaller>) => Partial<Call> & Pick<Call, 'words'>
  ): Ask =>
  (asked) =>
    asked.chance.some(asked.world.inboxes, 1).map((inbox) => {
      const { who } = asked.caller;
      if (who === null || !mayChange(who, inbox)) return refused(at(inbox, rest));
      const { words, ...call } = ask(inbox, who, asked);
      return told(at(inbox, rest), words, call);
    });

/** What costs a mail server something is asked only where it must be refused: its mailbox is no part of a world. */
const refusedToOthers =
  (method: string, rest: string, body?: unknown): Ask =>
  ({ caller: { who }, world, chance }) =>
    chance
      .some(
        world.inboxes.filter((inbox) => !mayChange(who, inbox)),
        1
      )
      .map((inbox) => refused(at(inbox, rest), { method, body }));

/** The inbox as whoever sees the list of inboxes is told it. */
const wordsOfInbox = (inbox: WorldInbox, { who }: AdminCaller): string[] => [
  ...canariesIn(inbox.address),
  ...(mayChange(who, inbox) ? inbox.words : []),
];

const list = ({ caller, worlds }: AskedOfAll<AdminCaller>): Call[] => {
  const path = '/email-connect/inboxes';
  if (caller.who === null || !mayDo(caller.who, 'inboxes')) return [refused(path)];
  const inboxes = worlds.flatMap((world) => world.inboxes);
  return [
    told(
      path,
      inboxes.flatMap((inbox) => wordsOfInbox(inbox, caller))
    ),
  ];
};

const one: Ask = ({ caller, world, chance }) =>
  chance
    .some(world.inboxes, 1)
    .map((inbox) =>
      caller.who !== null && mayDo(caller.who, 'inboxes')
        ? told(at(inbox, ''), wordsOfInbox(inbox, caller))
        : refused(at(inbox, ''))
    );

const outgoingAnswer = z.object({ mails: z.array(z.object({ messageDocumentId: z.string() })) });
const outgoing = toThoseWhoMayChange('outgoing', (inbox, who, { world }) => {
  const unsent = messagesOf(world).filter((message) => message.isUnsent && message.inbox === inbox);
  return {
    words: unsent.flatMap((message) =>
      toldOf(message, sightOfUnsent(world, who, message), ['subject', 'people', 'failure'])
    ),
    check: ({ json }) =>
      differ(
        'unsent mail',
        outgoingAnswer.parse(json).mails.map(({ messageDocumentId }) => messageDocumentId),
        unsent.map(({ documentId }) => documentId)
      ),
  };
});

const quarantined = toThoseWhoMayChange('quarantine', ({ words }) => ({
  words,
  check: ({ text }) => (words.some((word) => text.includes(word)) ? null : 'nothing is in quarantine'),
}));

const location = { folderPath: 'INBOX', uidValidity: '1', imapUid: 7 };
const oneLocation = { location, contact: null };
const server = {
  host: 'mail.crm.test',
  port: 993,
  tls: 'implicit',
  username: 'us',
  password: 'x',
  pinnedCertificate: null,
};

const inboxRoute = (method: string, rest: string, body?: unknown): Route => ({
  route: `${method} /email-connect/inboxes/:documentId${rest && `/${rest}`}`.replace(
    /sync$|pause$/,
    ':action'
  ),
  isRare: true,
  ask: refusedToOthers(method, rest, body),
});

export const inboxRoutes: Route[] = [
  {
    route: 'GET /email-connect/settings',
    bearsNoMail: 'the configuration, and whether the caller has an inbox',
  },
  { route: 'GET /email-connect/presets', bearsNoMail: 'what is known of mail providers' },
  { route: 'POST /email-connect/connection-tests', bearsNoMail: 'how a mail server answered a login' },
  {
    route: 'POST /email-connect/inboxes',
    bearsNoMail: 'an inbox of the caller, before anything is read of it',
  },
  { route: 'GET /email-connect/inboxes', isRare: true, askOfAll: list },
  { route: 'GET /email-connect/inboxes/:documentId', ask: one },
  { route: 'GET /email-connect/inboxes/:documentId/outgoing', ask: outgoing },
  { route: 'GET /email-connect/inboxes/:documentId/quarantine', ask: quarantined },
  {
    route: 'GET /email-connect/inboxes/:documentId/ownership',
    ask: toThoseWhoMayChange('ownership', () => ({ words: [] })),
  },
  {
    route: 'GET /email-connect/inboxes/:documentId/suggestions',
    ask: toThoseWhoMayChange('suggestions', () => ({ words: [] })),
  },
  {
    route: 'GET /email-connect/inboxes/:documentId/backfill',
    ask: toThoseWhoMayChange('backfill', () => ({ words: [] })),
  },
  inboxRoute('PUT', '', { label: 'Mine', senderName: 'Me', imap: server, smtp: server }),
  inboxRoute('PUT', 'folders', { folders: [], sentCopy: 'append', sentFolderPath: null }),
  inboxRoute('PUT', 'policy', { policy: 'replies', logAddress: '', trustedAuthServers: 'known' }),
  inboxRoute('PUT', 'level', { level: 'full' }),
  inboxRoute('PUT', 'named', { named: [] }),
  inboxRoute('PUT', 'team-address', { isTeamAddress: true }),
  inboxRoute('PUT', 'owner', { ownerDocumentId: 'nobody' }),
  inboxRoute('POST', 'actions/sync'),
  inboxRoute('POST', 'backfill', { since: '2026-01-01T00:00:00.000Z' }),
  inboxRoute('POST', 'backfill/pause'),
  inboxRoute('POST', 'quarantine/retry', { location: null }),
  inboxRoute('POST', 'suggestions/accept', oneLocation),
  inboxRoute('POST', 'suggestions/dismiss', { location }),
  inboxRoute('POST', 'search', { address: 'zq' }),
  inboxRoute('POST', 'explain', { location }),
  inboxRoute('POST', 'log', { ...oneLocation, threadDocumentId: null }),
  inboxRoute('POST', 'dry-run', { policy: 'replies', since: '2026-01-01T00:00:00.000Z', rules: [] }),
];
