import { makingOf } from './making';
import type { Making } from './making';
import { randomRecords } from './random-records';
import { randomThread } from './random-thread';
import type { AdminName } from './people';
import { canaryOf } from './words';
import type { Level, World, WorldInbox, WorldRule } from './world';

const OWNERS: readonly AdminName[] = ['uma', 'uma', 'vic', 'lead', 'seller', 'superAdmin', 'blocked'];
/** Mostly full: else there is little that anybody is told. */
const LEVELS: readonly Level[] = ['private', 'facts', 'subject', 'full', 'full', 'full'];
const OTHERS: readonly AdminName[] = ['vic', 'lead', 'seller', 'english', 'manager', 'blocked'];

/** The world with this number, from 1: always the same. */
export const randomWorld = (number: number): World => {
  const make = makingOf(number);
  const { chance } = make;
  const inboxes = [...Array(2 + chance.int(2)).keys()].map(() => randomInbox(make));
  const records = randomRecords(make, inboxes);
  const rules = [...Array(chance.int(3)).keys()].map(() => randomRule(make, inboxes));
  const cast = { inboxes, records, rules };
  const threads = [...Array(2 + chance.int(2)).keys()].map(() => randomThread(make, cast));
  return { number, ...cast, threads };
};

const randomRule = ({ id, documentId, chance }: Making, inboxes: readonly WorldInbox[]): WorldRule => ({
  id: id(),
  documentId: documentId('l'),
  action: chance.pick(['private', 'facts', 'subject', 'never_log'] as const),
  inbox: chance.flip(0.3) ? chance.pick(inboxes) : null,
  state: chance.pick(['active', 'active', 'active', 'off', 'gone'] as const),
});

const randomInbox = (make: Making): WorldInbox => {
  const id = make.id();
  const owner = make.chance.pick(OWNERS);
  const others = OTHERS.filter((other) => other !== owner);
  return {
    id,
    documentId: make.documentId('i'),
    address: make.address('crm.test'),
    owner,
    named: make.chance.flip(0.2) ? make.chance.some(others, 1) : [],
    level: make.chance.pick(LEVELS),
    words: [canaryOf(make.number, `i${id}`, 'quarantine'), canaryOf(make.number, `i${id}`, 'reason')],
  };
};
