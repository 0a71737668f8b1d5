import { builtIn, person } from './site';

/** Whom a role reads: every record, those that its users made, or people with an English version. */
export type Reads = 'all' | 'own' | 'english' | 'none';

/** The admin users who walk, what their roles read, and which permissions of ours they have. */
export const admins = {
  superAdmin: { reads: 'all', may: ['threads', 'inboxes', 'manage'], isBlocked: false },
  manager: { reads: 'none', may: ['threads', 'inboxes', 'manage'], isBlocked: false },
  uma: { reads: 'none', may: ['threads', 'inboxes'], isBlocked: false },
  vic: { reads: 'own', may: ['threads', 'inboxes'], isBlocked: false },
  lead: { reads: 'all', may: ['threads', 'inboxes'], isBlocked: false },
  seller: { reads: 'own', may: ['threads'], isBlocked: false },
  english: { reads: 'english', may: ['threads'], isBlocked: false },
  editor: { reads: 'all', may: [], isBlocked: false },
  blocked: { reads: 'all', may: ['threads', 'inboxes', 'manage'], isBlocked: true },
} as const satisfies Record<string, { reads: Reads; may: readonly May[]; isBlocked: boolean }>;

/** `threads`: read, decide about and send mail. `inboxes`: see the list and connect. `manage`: all inboxes. */
export type May = 'threads' | 'inboxes' | 'manage';
export type AdminName = keyof typeof admins;
export const adminNames = Object.keys(admins) as AdminName[];

export const ours: Record<May, string[]> = {
  threads: ['threads.read', 'threads.manage', 'messages.send'],
  inboxes: ['inboxes.read', 'inboxes.connect'],
  manage: ['inboxes.manage'],
};

const isCreator = { conditions: ['admin::is-creator'] };

/** Of each type of contacts, what such a role may read in the Content Manager. */
export const readingOf: Record<
  Reads,
  Record<string, { conditions?: string[]; locales?: string[] | null }>
> = {
  all: { [person]: { locales: ['en', 'de'] }, [builtIn]: {} },
  own: { [person]: { ...isCreator, locales: null }, [builtIn]: isCreator },
  english: { [person]: { locales: ['en'] } },
  none: {},
};

/** Whoever may do something of ours, and is let in. */
export const mayDo = (name: AdminName | null, may: May): boolean => {
  if (name === null || admins[name].isBlocked) return false;
  const held: readonly May[] = admins[name].may;
  return held.includes(may);
};
