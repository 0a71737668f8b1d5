import type { AdminName } from './people';
import type { Making } from './making';
import { builtIn, person, teamDomain } from './site';
import { canaryOf } from './words';
import type { WorldInbox, WorldRecord } from './world';

const CREATORS: readonly (AdminName | null)[] = ['seller', 'seller', 'vic', 'lead', null];
/** Each with its languages. */
const LANGUAGES = [['en'], ['en', 'de'], ['de']] as const;

/** Contacts of both types; some carry an address that another one has, or that is of the team. */
export const randomRecords = (make: Making, inboxes: readonly WorldInbox[]): WorldRecord[] => {
  const records: WorldRecord[] = [];
  for (let count = 4 + make.chance.int(3); records.length < count;)
    records.push(randomRecord(make, inboxes, records));
  return records;
};

const randomRecord = (
  make: Making,
  inboxes: readonly WorldInbox[],
  others: readonly WorldRecord[]
): WorldRecord => {
  const { chance } = make;
  const contactType = chance.flip(0.6) ? person : builtIn;
  const addresses = [{ address: make.address(), counts: chance.flip(0.9) }];
  const theirs = others.flatMap((other) => other.addresses);
  if (theirs.length > 0 && chance.flip(0.4))
    addresses.push({ address: chance.pick(theirs).address, counts: chance.flip(0.4) });
  if (chance.flip(0.15)) addresses.push({ address: chance.pick(inboxes).address, counts: true });
  if (chance.flip(0.1)) addresses.push({ address: make.address(teamDomain), counts: chance.flip() });
  return {
    contactType,
    documentId: make.documentId('r'),
    name: canaryOf(make.number, `r${make.id()}`, 'name'),
    addresses: eachOnce(addresses),
    versions:
      contactType === person ? randomVersions(make) : [{ id: make.id(), locale: null, isPublished: true }],
    creator: chance.pick(CREATORS),
  };
};

const randomVersions = ({ chance, id }: Making): WorldRecord['versions'] =>
  chance.pick(LANGUAGES).flatMap((locale) => {
    const draft = { id: id(), locale, isPublished: false };
    return chance.flip() ? [draft] : [draft, { id: id(), locale, isPublished: true }];
  });

const eachOnce = (addresses: WorldRecord['addresses']): WorldRecord['addresses'] => [
  ...new Map(addresses.map((one) => [one.address, one])).values(),
];
