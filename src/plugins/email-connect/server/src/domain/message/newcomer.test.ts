import type { Address, MessageHeaders } from './message';
import { markOfAuthor } from './newcomer';
import type { Company, EarlierMessage } from './newcomer';

const us: Address = { address: 'us@crm.test', displayName: 'Uma Team' };
const cleo: Address = { address: 'cleo@customer.test', displayName: 'Cleo Miller' };
const assistant: Address = { address: 'office@customer.test', displayName: '' };
const list: Address = { address: 'offers@groups.test', displayName: 'Offers' };
const mallory = 'mallory2@attacker.test';

const sent = (change: Partial<EarlierMessage> = {}): EarlierMessage => ({
  direction: 'outgoing',
  from: us,
  recipients: [cleo, assistant, list],
  marks: [],
  ...change,
});
const received = (from: Address, ...marks: string[]): EarlierMessage => ({
  direction: 'incoming',
  from,
  recipients: [us],
  marks,
});

const companyWith = (change: Partial<Company> = {}): Company => {
  const earlier = change.earlier ?? [sent()];
  return {
    isOurs: (address) => address.endsWith('@crm.test'),
    isOfContacts: (address) => address === 'cleo@customer.test' || address === 'cleo@home.test',
    contactNames: ['Cleo Miller'],
    participants: new Set(
      earlier.flatMap(({ from, recipients }) => [from, ...recipients]).map(({ address }) => address)
    ),
    earlier,
    ...change,
  };
};
const from = (address: string, displayName = ''): Partial<MessageHeaders> => ({
  from: [{ address, displayName }],
});
const mark = (headers: Partial<MessageHeaders>, change: Partial<Company> = {}) =>
  markOfAuthor({ from: [], sender: [], listId: '', ...headers }, companyWith(change));

describe('S44: somebody new in a conversation is marked', () => {
  it.each<[string, Partial<MessageHeaders>]>([
    ['a stranger', from(mallory)],
    ['under a name of his own', from(mallory, 'Mallory')],
    ['with one word of a name', from(mallory, 'Cleo')],
    ['who is the Sender where nobody is the author', { sender: [{ address: mallory, displayName: '' }] }],
    ['without any address', from('', 'Mallory')],
    ['without any author', {}],
    ['from another host of a known domain', from('cleo@mail.customer.test')],
  ])('%s', (_, headers) => {
    expect(mark(headers)).toBe('new-address');
  });

  it.each([
    'Cleo Miller',
    'cleo  MILLER',
    'Miller, Cleo',
    '"Cleo Miller"',
    'Cléo Miller',
    'Cleo\u200b Miller',
    'Cleo Miller (Customer Ltd)',
    'Cleo Miller via Sign',
    'Uma Team',
    'Offers',
    'cleo@customer.test',
    '"cleo@customer.test" (new address)',
    'Cleo <CLEO@customer.test>',
  ])('more strongly under the name %s of somebody else', (displayName) => {
    expect(mark(from(mallory, displayName))).toBe('borrowed-name');
  });
});

describe('S44, S15: nobody else is', () => {
  it.each<[string, Partial<MessageHeaders>]>([
    ['the contact', from('Cleo@Customer.test', 'Whatever')],
    ['a further address of the contact', from('cleo@home.test', 'Cleo Miller')],
    ['a colleague of ours', from('colleague@crm.test', 'Uma Team')],
    ['an assistant who was on Cc', from('office@customer.test', 'Cleo Miller')],
    ['a list that was written to', from('offers@groups.test', 'Cleo Miller via Offers')],
    [
      'a member of that list',
      { ...from('bob@elsewhere.test', 'Bob'), listId: 'Offers <offers.groups.test>' },
    ],
  ])('%s', (_, headers) => {
    expect(mark(headers)).toBeNull();
  });

  it('who begins the conversation', () => {
    expect(mark(from(mallory, 'Cleo Miller'), { participants: new Set(), earlier: [] })).toBeNull();
  });
});

describe('S44: that DMARC failed makes nobody new', () => {
  it('who was known before stays known, and the name stays theirs', () => {
    const office = received({ ...assistant, displayName: 'Olga Office' }, 'dmarc-failed');
    const company = { earlier: [sent(), office] };
    expect(mark(from(assistant.address), company)).toBeNull();
    expect(mark(from(mallory, 'Olga Office'), company)).toBe('borrowed-name');
  });
});

describe('S44: what a stranger can do about it', () => {
  const wrote = received({ address: mallory, displayName: 'Cleo Miller' }, 'borrowed-name');

  it('a mail before changes nothing, until one of us writes to him', () => {
    expect(mark(from(mallory, 'Cleo Miller'), { earlier: [sent(), wrote] })).toBe('borrowed-name');
    expect(mark(from(mallory, 'Mallory'), { earlier: [sent(), wrote] })).toBe('new-address');
    const answered = sent({ recipients: [{ address: 'Mallory2@attacker.test', displayName: '' }] });
    expect(mark(from(mallory, 'Cleo Miller'), { earlier: [sent(), wrote, answered] })).toBeNull();
  });

  it('another mail that names him changes nothing: it may be his too', () => {
    const other = { ...received(cleo), recipients: [us, { address: mallory, displayName: '' }] };
    expect(mark(from(mallory, 'Cleo Miller'), { earlier: [sent(), wrote, other] })).toBe('borrowed-name');
  });

  it("a name that he brought himself is nobody else's", () => {
    const other = received({ address: 'other@attacker.test', displayName: 'Mallory Smith' }, 'new-address');
    expect(mark(from(mallory, 'Mallory Smith'), { earlier: [sent(), other] })).toBe('new-address');
  });

  it.each([
    ['of the contact', '<cleo.customer.test>'],
    ['of ours', '<us.crm.test>'],
    ['of somebody who wrote here', '<bob.elsewhere.test>'],
    ['of nobody', '<list.attacker.test>'],
    ['that is none', 'offers'],
    ['that is very long', `${'<a.'.repeat(50_000)}>`],
  ])('a List-Id %s hides nobody', (_, listId) => {
    const bob = received({ address: 'bob@elsewhere.test', displayName: 'Bob' });
    expect(mark({ ...from(mallory), listId }, { earlier: [sent(), bob] })).toBe('new-address');
  });

  it('a List-Id does not lend a name', () => {
    expect(mark({ ...from(mallory, 'Cleo Miller'), listId: '<offers.groups.test>' })).toBe('borrowed-name');
  });
});
