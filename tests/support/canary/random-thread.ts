import type { Making } from './making';
import { canaryOf } from './words';
import type { AdminName } from './people';
import { onMail } from './world';
import type {
  Level,
  Mailbox,
  World,
  WorldFile,
  WorldInbox,
  WorldMessage,
  WorldRecord,
  WorldThread,
} from './world';

type Cast = Pick<World, 'inboxes' | 'records' | 'rules'>;
/** Who writes to whom, and where it stands for another reason than its addresses. */
type Written = Pick<
  WorldMessage,
  'direction' | 'inbox' | 'from' | 'to' | 'cc' | 'bcc' | 'answered' | 'records'
>;

/** A conversation: mail that people send, their customers answer, and others come into. */
export const randomThread = (make: Making, cast: Cast): WorldThread => {
  const { chance } = make;
  const id = make.id();
  const inbox = chance.pick(cast.inboxes);
  const messages: WorldMessage[] = [];
  const count = chance.flip(0.1) ? 0 : 1 + chance.int(4);
  while (messages.length < count) {
    const [before] = messages.length > 0 ? [chance.pick(messages)] : [];
    messages.push(randomMessage(make, cast, inbox, { before, place: messages.length }));
  }
  const subject = messages[0]?.subject ?? canaryOf(make.number, `t${id}`, 'subject');
  return {
    id,
    documentId: make.documentId('t'),
    inbox,
    messages,
    subject,
    chosen: cast.inboxes
      .filter(() => chance.flip(0.2))
      .map((one) => ({
        inbox: one,
        level: chance.pick(STRICTER),
        message: messages.length > 0 && chance.flip() ? chance.pick(messages) : null,
      })),
    questions: chance.some(ASKING, chance.int(3)).map((who) => ({
      id: make.id(),
      who,
      inbox: chance.pick(cast.inboxes),
      state: chance.pick(['open', 'granted', 'refused'] as const),
    })),
  };
};

const STRICTER: readonly Level[] = ['private', 'facts', 'subject'];
const ASKING: readonly AdminName[] = ['seller', 'lead', 'english', 'manager', 'superAdmin', 'vic'];

const randomMessage = (
  make: Making,
  cast: Cast,
  inbox: WorldInbox,
  { before, place }: { before: WorldMessage | undefined; place: number }
): WorldMessage => {
  const { chance } = make;
  const id = make.id();
  const word = (field: string) => canaryOf(make.number, `m${id}`, field);
  const written = withColleagues(
    make,
    cast,
    before ? randomAnswer(make, cast, inbox, before, word) : randomFirst(make, cast, inbox, word),
    word
  );
  const copies = chance.some(
    cast.inboxes.filter((other) => other !== written.inbox),
    chance.int(2)
  );
  return {
    ...written,
    id,
    documentId: make.documentId('m'),
    copies,
    trueCopies: copies.filter(() => chance.flip(0.3)),
    met: chance.flip(0.3) ? chance.some(cast.rules, 2) : [],
    isUnsent: written.direction === 'outgoing' && chance.flip(0.2),
    subject: word('subject'),
    preview: word('preview'),
    text: word('text'),
    html: word('html'),
    marks: { messageId: word('messageid'), evidence: word('evidence'), failure: word('failure') },
    files: [...Array(chance.int(3)).keys()].map(() => randomFile(make)),
    receivedAt: new Date(Date.UTC(2026, 2, 1, 9, place, chance.int(2))),
  };
};

/** Sometimes other inboxes are on it too; who of them has a copy is left to chance. */
const withColleagues = (
  { chance }: Making,
  { inboxes }: Cast,
  written: Written,
  word: (field: string) => string
): Written => {
  const others = inboxes.filter((inbox) => !onMail(written).some(({ address }) => address === inbox.address));
  if (others.length === 0 || chance.flip(0.7)) return written;
  const { address } = chance.pick(others);
  const colleague = { address, displayName: `N ${word('colleague')}` };
  const field = chance.pick(['to', 'cc', 'cc', 'bcc'] as const);
  return { ...written, [field]: [...written[field], colleague] };
};

const randomFile = (make: Making): WorldFile => {
  const id = make.id();
  return {
    id,
    documentId: make.documentId('f'),
    name: canaryOf(make.number, `f${id}`, 'name'),
    content: canaryOf(make.number, `f${id}`, 'content'),
    isInline: make.chance.flip(0.2),
    isStored: make.chance.flip(0.8),
  };
};

/** Somebody as a header names them: the name stands on this message alone. */
const namer = (word: (field: string) => string) => {
  let serial = 0;
  return (address: string): Mailbox => ({
    address,
    displayName: `N ${word(`name${'abcdefghijklmnop'[serial++ % 16]}`)}`,
  });
};

const addressesIn = (make: Making, { records }: Cast, count: number): string[] =>
  [...Array(count).keys()].map(() =>
    make.chance.flip(0.8) ? make.chance.pick(make.chance.pick(records).addresses).address : make.address()
  );

const randomFirst = (
  make: Making,
  cast: Cast,
  inbox: WorldInbox,
  word: (field: string) => string
): Written => {
  const { chance } = make;
  const named = namer(word);
  const people = (most: number) => addressesIn(make, cast, chance.int(most + 1)).map(named);
  const [someone = make.address()] = addressesIn(make, cast, 1);
  const others = { cc: people(2), answered: [] };
  if (chance.flip())
    return {
      ...others,
      direction: 'incoming',
      inbox,
      from: named(someone),
      to: [named(inbox.address)],
      bcc: [],
      records: [],
    };
  return {
    ...others,
    direction: 'outgoing',
    inbox,
    from: named(inbox.address),
    to: [named(someone), ...people(1)],
    bcc: people(1),
    records: chance.flip() ? [chance.pick(cast.records)] : [],
  };
};

const randomAnswer = (
  make: Making,
  cast: Cast,
  inbox: WorldInbox,
  before: WorldMessage,
  word: (field: string) => string
): Written => {
  const { chance } = make;
  const named = namer(word);
  const receiver = chance.flip(0.8) ? inbox : chance.pick(cast.inboxes);
  const ofTeam = new Set(cast.inboxes.map(({ address }) => address));
  const outsiders = onMail(before).filter(({ address }) => !ofTeam.has(address));
  const cc = addressesIn(make, cast, chance.int(2)).map(named);
  if (outsiders.length > 0 && chance.flip(0.3))
    return {
      direction: 'outgoing',
      inbox: receiver,
      from: named(receiver.address),
      to: [named(chance.pick(outsiders).address)],
      cc,
      bcc: chance.flip(0.3) ? addressesIn(make, cast, 1).map(named) : [],
      answered: [],
      records: standingIn(before, outsiders),
    };
  const incoming = {
    direction: 'incoming',
    inbox: receiver,
    to: [named(receiver.address)],
    cc,
    bcc: [],
  } as const;
  // Somebody new speaks for whom the answered message was with (w8, w11-w13).
  if (outsiders.length === 0 || chance.flip(0.3))
    return {
      ...incoming,
      to: [...incoming.to],
      bcc: [],
      from: named(make.address()),
      answered: [...onMail(before).map(({ address }) => address), ...before.answered],
      records: before.records,
    };
  return {
    ...incoming,
    to: [...incoming.to],
    bcc: [],
    from: named(chance.pick(outsiders).address),
    answered: [],
    records: standingIn(before, outsiders),
  };
};

/** Records that were written from, to others than their own people: those answer in their place (w13, w14). */
const standingIn = ({ records }: WorldMessage, people: readonly Mailbox[]): WorldRecord[] =>
  records.filter(
    (record) => !record.addresses.some(({ address }) => people.some((one) => one.address === address))
  );
