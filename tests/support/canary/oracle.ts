import { admins, mayDo } from './people';
import type { AdminName } from './people';
import { person, teamDomain } from './site';
import { messagesOf, onMail, threadOf } from './world';
import type { Level, World, WorldInbox, WorldMessage, WorldRecord, WorldThread } from './world';

// Who sees what, from docs/who-sees-what.md alone: nothing here is shared with the product.

/** How much of a message somebody sees. `own`: all of it, and who was on Bcc (w20). */
export type Sight = 'nothing' | 'facts' | 'subject' | 'full' | 'own';

const isOfTeam = (world: World, address: string): boolean =>
  address.endsWith(`@${teamDomain}`) || world.inboxes.some((inbox) => inbox.address === address);

/** Reads the record in the Content Manager. */
export const readsRecord = (who: AdminName, { contactType, creator, versions }: WorldRecord): boolean => {
  switch (admins[who].reads) {
    case 'all':
      return true;
    case 'own':
      return creator === who;
    case 'english':
      return contactType === person && versions.some(({ locale }) => locale === 'en');
    case 'none':
      return false;
  }
};

/** S41: what did not come to count opens nothing to whoever reads all records anyway. null: nobody in particular. */
const countsFor = (who: AdminName | null, counts: boolean): boolean =>
  counts || (who !== null && admins[who].reads === 'all');

/** By its own people, whom it answers for, or where it was written; never through an address of the team (w22). */
export const standsOn = (
  world: World,
  message: WorldMessage,
  record: WorldRecord,
  who: AdminName | null
): boolean => {
  const named = new Set([...onMail(message).map(({ address }) => address), ...message.answered]);
  return (
    message.records.includes(record) ||
    record.addresses.some(
      ({ address, counts }) => countsFor(who, counts) && named.has(address) && !isOfTeam(world, address)
    )
  );
};

export const isUnassigned = (world: World, message: WorldMessage): boolean =>
  !world.records.some((record) => standsOn(world, message, record, null));

/** Whose inbox it is: what it holds is theirs (w46, w70). */
const uses = (who: AdminName | null, { owner, named }: WorldInbox): boolean =>
  who !== null && (owner === who || named.includes(who));

/**
 * The inbox that sent or logged it, those on the mail in which a copy was found (w49), and those with a true copy (w80);
 * a copy alone gives nothing (w50).
 */
export const holds = (message: WorldMessage, inbox: WorldInbox): boolean =>
  message.inbox === inbox ||
  message.trueCopies.includes(inbox) ||
  (message.copies.includes(inbox) && onMail(message).some(({ address }) => address === inbox.address));

const isOwn = (who: AdminName, message: WorldMessage, { inboxes }: World): boolean =>
  inboxes.some((inbox) => uses(who, inbox) && holds(message, inbox));

/** From the most private to the most open. */
const LEVELS: readonly Level[] = ['private', 'facts', 'subject', 'full'];
const strictest = (levels: readonly Level[]): Level =>
  LEVELS.find((level) => levels.includes(level)) ?? 'full';

/** Whose level counts: the sender's, else of those in To, else in Cc, else of whoever has to do with it (w62, w63). */
export const deciding = (world: World, message: WorldMessage): WorldInbox[] => {
  const at = (people: readonly { address: string }[]) =>
    world.inboxes.filter((inbox) => people.some(({ address }) => address === inbox.address));
  const recorder = message.inbox ? [message.inbox] : [];
  const sender = message.direction === 'outgoing' ? recorder : [];
  const all = [...new Set([...at(onMail(message)), ...recorder])];
  return [sender, at(message.to), at(message.cc), all].find((inboxes) => inboxes.length > 0) ?? [];
};

/** What rules that are still there leave of what they met, for this inbox (w77, w78). */
const ruledFor = (inbox: WorldInbox, { met }: WorldMessage): Level[] =>
  met.flatMap(({ state, action, inbox: only }) =>
    state === 'active' && action !== 'never_log' && [null, inbox].includes(only) ? [action] : []
  );

/** What others see of it: what the strictest decides of those who did not say yes to this one (w65, w66). */
export const levelOf = (world: World, message: WorldMessage, who: AdminName | null): Level => {
  const { chosen, questions } = threadOf(world, message);
  const saidYes = (inbox: WorldInbox) =>
    questions.some((one) => one.who === who && one.inbox === inbox && one.state === 'granted');
  return strictest(
    deciding(world, message).flatMap((inbox) => {
      const here = chosen.filter(
        (one) => one.inbox === inbox && (one.message === null || one.message === message)
      );
      const ruled = ruledFor(inbox, message);
      // Nobody could ask for a mail that was made private by itself.
      if (here.some((one) => one.message === message && one.level === 'private')) return 'private';
      if (ruled.includes('private')) return 'private';
      return saidYes(inbox) ? [] : [inbox.level, ...here.map(({ level }) => level), ...ruled];
    })
  );
};

/** How much of a message an admin user sees, by whichever way. */
export const sightOf = (world: World, who: AdminName | null, message: WorldMessage): Sight => {
  if (who === null || !mayDo(who, 'threads')) return 'nothing';
  if (isOwn(who, message, world)) return 'own';
  const isOnTheirs = world.records.some(
    (record) => readsRecord(who, record) && standsOn(world, message, record, who)
  );
  const isTheirsToSort = mayDo(who, 'manage') && isUnassigned(world, message);
  if (!isOnTheirs && !isTheirsToSort) return 'nothing';
  const level = levelOf(world, message, who);
  // w48: to assign or erase it.
  const ofPrivate = isTheirsToSort ? 'facts' : 'nothing';
  return level === 'private' ? ofPrivate : level;
};

/** They are told all of it. */
export const isTold = (world: World, who: AdminName | null, message: WorldMessage): boolean =>
  ['full', 'own'].includes(sightOf(world, who, message));

/** They are told at least what it is about. */
export const isNamedTo = (world: World, who: AdminName | null, message: WorldMessage): boolean =>
  ['subject', 'full', 'own'].includes(sightOf(world, who, message));

/** Programs are told of what everybody is told all of. */
export const isOpen = (world: World, message: WorldMessage): boolean =>
  levelOf(world, message, null) === 'full';

export const sees = (world: World, who: AdminName | null, message: WorldMessage): boolean =>
  sightOf(world, who, message) !== 'nothing';

export const seenIn = (
  world: World,
  who: AdminName | null,
  messages: readonly WorldMessage[]
): WorldMessage[] => messages.filter((message) => sees(world, who, message));

/** The messages that a record shows to whoever may read it, oldest first; none that others are told nothing of (w58). */
export const seenOn = (world: World, who: AdminName, record: WorldRecord): WorldMessage[] =>
  seenIn(world, who, messagesOf(world)).filter(
    (message) =>
      standsOn(world, message, record, who) &&
      (isOwn(who, message, world) || levelOf(world, message, who) !== 'private')
  );

/** In the list of mail without a contact: of all inboxes for managers, of their own for everybody else (w47). */
export const isListedUnassigned = (world: World, who: AdminName, message: WorldMessage): boolean =>
  isUnassigned(world, message) && (mayDo(who, 'manage') || isOwn(who, message, world));

/** The records of these messages that they may read: of others nobody is told. */
export const recordsFor = (world: World, who: AdminName, messages: readonly WorldMessage[]): WorldRecord[] =>
  world.records.filter(
    (record) => readsRecord(who, record) && messages.some((message) => standsOn(world, message, record, who))
  );

/** How much of a mail is told in the list of what its inbox could not send: managers are told of everything (S4). */
export const sightOfUnsent = (world: World, who: AdminName, message: WorldMessage): Sight => {
  if (isOwn(who, message, world)) return 'own';
  const level = levelOf(world, message, who);
  return level === 'private' ? 'facts' : level;
};

/** Who answers a question: the inbox's owner, and managers for one who has left (w67); nobody their own. */
export const mayAnswer = (
  who: AdminName | null,
  { who: asking, inbox }: { who: AdminName; inbox: WorldInbox }
): boolean =>
  who !== null &&
  mayDo(who, 'threads') &&
  who !== asking &&
  (inbox.owner === who || (mayDo(who, 'manage') && admins[inbox.owner].isBlocked));

/** Whoever may change the inbox: its owner and managers. */
export const mayChange = (who: AdminName | null, inbox: WorldInbox): boolean =>
  who !== null && mayDo(who, 'inboxes') && (inbox.owner === who || mayDo(who, 'manage'));

/** An address that shows no mail until somebody confirms it; none of the team's ever does. */
export const waitsToCount = (world: World, { address, counts }: WorldRecord['addresses'][number]): boolean =>
  !counts && !isOfTeam(world, address);

/** S41: it must open nothing to them that they do not see already. */
export const vouchesFor = (world: World, who: AdminName, address: string): boolean => {
  if (admins[who].reads === 'all') return true;
  const naming = messagesOf(world).filter(
    (message) => onMail(message).some((one) => one.address === address) || message.answered.includes(address)
  );
  const carriers = world.records.filter((record) =>
    record.addresses.some((one) => one.address === address && one.counts)
  );
  if (carriers.length > 0) return carriers.every((record) => readsRecord(who, record));
  return naming.every((message) => sees(world, who, message));
};

/** An un-logged conversation stands nowhere: whoever may change its inbox may have it logged again (w25). */
export const mayReopen = (who: AdminName | null, { inbox }: WorldThread): boolean =>
  who !== null && mayDo(who, 'threads') && (inbox?.owner === who || mayDo(who, 'manage'));
