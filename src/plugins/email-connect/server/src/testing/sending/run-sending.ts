import { unreachable } from '../../../../shared/unreachable';
import { MINUTE_MS, HOUR_MS } from '../world/server/time';
import type { SendingHistory, SendingStep } from './history';
import { pickOf, SendingPeople } from './people';
import { sendingPorts } from './ports';
import { isAtRest } from './witness';
import { SendingWorld } from './world';

export interface LivedHistory {
  world: SendingWorld;
  people: SendingPeople;
}

/** Lives through a history of sending. */
export const runSending = async (history: SendingHistory): Promise<LivedHistory> => {
  // Endings are taken off one by one.
  const world = new SendingWorld(structuredClone(history), sendingPorts);
  const people = new SendingPeople(world);
  world.start(0);
  world.start(1);
  for (const step of history.steps) {
    await world.scheduler.runUntil(world.now + step.after * 1_000);
    await takeStep(world, people, step);
  }
  await world.scheduler.runUntil(world.now + 2 * MINUTE_MS);
  return { world, people };
};

const takeStep = async (world: SendingWorld, people: SendingPeople, step: SendingStep): Promise<void> => {
  switch (step.do) {
    case 'press':
      return people.write(step.slot, step.owner, step.isAnswer);
    case 'again':
      return people.pressAgain(step.slot, step.pick, step.hasOtherWords);
    case 'cancel':
      return people.cancel(
        step.slot,
        pickOf(people.mailsIn('queued', 'held', 'submitting', 'unknown'), step.pick)
      );
    case 'release':
      return people.release(step.slot, pickOf(people.mailsIn('held'), step.pick));
    case 'settle':
      return people.settle(step.slot, pickOf(people.mailsIn('asked'), step.pick), step.answer);
    case 'unlog':
      return people.unlog(step.slot, step.pick);
    case 'disconnect':
      return people.disconnect(step);
    case 'pause':
    case 'resume':
      return people.changeInbox(step.slot, step.owner, step.do);
    case 'edit':
      return people.edit(step.slot, step.owner, step.account);
    case 'kill':
      return world.kill(step.slot);
    case 'drain':
      return world.drain(step.slot);
    case 'away':
      return world.goAway(step.slot, step.seconds * 1_000);
    case 'reply':
      return reply(world, step.pick);
    case 'night':
      return sleepUntil(world, world.now + step.hours * HOUR_MS);
    default:
      return unreachable(step);
  }
};

/** A customer answers what reached them. */
const reply = (world: SendingWorld, pick: number): void => {
  const sent = pickOf(
    world.witness.mails.filter(({ taken, inboxDocumentId }) => taken > 0 && inboxDocumentId === 'I'),
    pick
  );
  if (!sent) return;
  const { mailbox } = world.inboxNamed('I');
  world.put(mailbox.find('INBOX'), world.write('chain', world.now, { parent: sent.mail }));
};

/** Both processes are down for so long. */
const sleepUntil = async (world: SendingWorld, at: number): Promise<void> => {
  world.isAsleep = true;
  for (const slot of [0, 1]) world.kill(slot);
  await world.scheduler.runUntil(world.now + 1);
  world.now = Math.max(world.now, at);
  world.isAsleep = false;
  for (const slot of [0, 1]) if (!world.sites[slot]) world.start(slot);
};

const ROUND_MS = 150_000;
const MOST_ROUNDS = 60;

/** All is well again, and everything comes to rest: what is due in hours is waited for without living through them. */
export const comeToRest = async ({ world, people }: LivedHistory): Promise<void> => {
  world.calm();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    await world.scheduler.runUntil(world.now + ROUND_MS);
    const rows = [...world.outbox.rows.values()];
    if (people.waiting > 0 || rows.some(({ claimedUntil }) => claimedUntil > world.now)) continue;
    if (rows.every(({ stage }) => isAtRest(stage)) && world.pending === 0) return;
    const due = rows.map((row) => world.outbox.dueAt(row) ?? Infinity);
    const next = Math.min(...due);
    if (world.pending === 0 && next > world.now + ROUND_MS) await sleepUntil(world, next);
  }
};

/** Each state has a way out: owners let go or take back what is held, and say what became of what nobody knows. */
export const wayOut = async (lived: LivedHistory): Promise<void> => {
  const { world, people } = lived;
  people.hasHadEnough = true;
  for (const answers of [ANSWERS, ANSWERS, ['did-not']] as const) {
    const open = people.mailsIn('held', 'asked');
    if (open.length === 0) return;
    for (const mail of open) {
      const isConnected = world.isConnected(mail.inboxDocumentId);
      const slot = world.chance.below(2);
      if (people.mailsIn('asked').includes(mail)) {
        people.settle(slot, mail, isConnected ? world.chance.of(answers) : 'did-not');
      } else if (isConnected) people.release(slot, mail);
      else people.cancel(slot, mail);
    }
    await comeToRest(lived);
  }
};

const ANSWERS = ['went-out', 'did-not', 'send-again'] as const;
