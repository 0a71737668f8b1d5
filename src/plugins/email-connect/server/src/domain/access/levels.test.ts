import { conversation } from '../../testing/conversation';
import type { LoggingRule } from '../logging/verdict';

const uma = 'uma@crm.test';
const vic = 'vic@crm.test';
const cleo = 'cleo@customer.test';

const mia = { name: 'mia', reads: ['Cleo'] };
const begin = () => conversation({ Cleo: [cleo] });

/** Uma writes to Cleo, and Cleo answers. */
const begun = () => {
  const talk = begin();
  talk.add({ from: uma, to: [cleo], answers: null, writtenFrom: ['Cleo'] });
  talk.add({ from: cleo, to: [uma] });
  return talk;
};

describe('S42: how much others are told', () => {
  it('w58: nothing where the inbox is private, but everything to its owner', () => {
    const talk = begun();
    talk.level('uma', 'private');
    expect(talk.seenBy(mia)).toEqual([]);
    expect(talk.toldTo({ owns: ['uma'] })).toEqual(['full', 'full']);
  });

  it.each([
    ['w59', 'facts'],
    ['w60', 'subject'],
    ['w61', 'full'],
  ] as const)('%s: what its level says, at %s', (_world, level) => {
    const talk = begun();
    talk.level('uma', level);
    expect(talk.seenBy(mia)).toEqual([0, 1]);
    expect(talk.toldTo(mia)).toEqual([level, level]);
    expect(talk.toldTo({ owns: ['uma'] })).toEqual(['full', 'full']);
  });

  it('w61: everything, where nobody chose a level', () => {
    expect(begun().toldTo(mia)).toEqual(['full', 'full']);
  });

  it('w62: of a mail that came, what the inbox in To says, whatever those on Cc say', () => {
    const talk = begin();
    talk.level('vic', 'private');
    talk.add({ from: cleo, to: [uma], cc: [vic], answers: null });
    expect(talk.toldTo(mia)).toEqual(['full']);
  });

  it('w63: the strictest of several in To', () => {
    const talk = begin();
    talk.level('vic', 'facts');
    talk.add({ from: cleo, to: [uma, vic], answers: null });
    expect(talk.toldTo(mia)).toEqual(['facts']);
  });

  it('w63: the strictest of those in Cc, where none is in To', () => {
    const talk = begin();
    talk.level('vic', 'subject');
    talk.add({ from: cleo, to: ['sales@elsewhere.test'], cc: [uma, vic], answers: null });
    expect(talk.toldTo(mia)).toEqual(['subject']);
  });

  it('w63: of all that hold it, where none is in To or Cc', () => {
    const talk = begin();
    talk.level('vic', 'subject');
    talk.add({ from: cleo, to: ['sales@elsewhere.test'], bcc: [vic], answers: null });
    expect(talk.toldTo(mia)).toEqual(['subject']);
  });

  it('w63: of a mail that was sent, what the sender says, whichever inbox logged it', () => {
    const talk = begin();
    talk.level('vic', 'private');
    talk.add({ from: uma, to: [cleo, vic], answers: null, inbox: 'vic' });
    talk.add({ from: vic, to: [cleo], cc: [uma], inbox: 'uma' });
    expect(talk.toldTo(mia)).toEqual(['full', 'private']);
  });

  it('w64: an inbox that is connected later makes nothing stricter, also where a copy is found in it', () => {
    const talk = begin();
    talk.notYet('vic');
    talk.add({ from: cleo, to: [vic], cc: [uma], answers: null });
    talk.connect('vic');
    talk.level('vic', 'private');
    talk.sighted(0, 'vic');
    expect(talk.toldTo(mia)).toEqual(['full']);
    expect(talk.toldTo({ owns: ['vic'] })).toEqual(['full']);
    talk.add({ from: cleo, to: [vic], cc: [uma] });
    expect(talk.toldTo(mia)).toEqual(['full', 'private']);
  });

  it('w65: a conversation can be stricter than its inbox, and is so for later mail', () => {
    const talk = begun();
    talk.levelOfConversation('uma', 'private');
    talk.add({ from: cleo, to: [uma] });
    expect(talk.seenBy(mia)).toEqual([]);
    talk.levelOfConversation('uma', 'full');
    talk.level('uma', 'facts');
    expect(talk.toldTo(mia)).toEqual(['facts', 'facts', 'facts']);
  });

  it('w65: so can one message be', () => {
    const talk = begun();
    talk.levelOfMessage(1, 'uma', 'facts');
    talk.add({ from: cleo, to: [uma] });
    expect(talk.toldTo(mia)).toEqual(['full', 'facts', 'full']);
    talk.levelOfMessage(1, 'vic', 'private');
    expect(talk.toldTo(mia)).toEqual(['full', 'facts', 'full']);
  });

  it('w65: but nobody hides what a colleague sent', () => {
    const talk = begun();
    talk.add({ from: vic, to: [cleo], cc: [uma], inbox: 'vic' });
    talk.levelOfConversation('vic', 'private');
    expect(talk.seenBy(mia)).toEqual([0, 1]);
  });

  it('w66: whoever asked and got a yes is told everything, of the mail of the owner who said it', () => {
    const talk = begun();
    talk.level('uma', 'facts');
    talk.level('vic', 'facts');
    talk.add({ from: cleo, to: [uma, vic] });
    talk.grant('uma', 'mia');
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'facts']);
    expect(talk.toldTo({ ...mia, name: 'tom' })).toEqual(['facts', 'facts', 'facts']);
    talk.grant('vic', 'mia');
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'full']);
    expect(talk.toldTo({ name: 'mia', reads: [] })).toEqual(['private', 'private', 'private']);
  });

  it('w66: but not of a mail that was made private by itself: nobody asked for it', () => {
    const talk = begun();
    talk.level('uma', 'facts');
    talk.levelOfMessage(0, 'uma', 'subject');
    talk.levelOfMessage(1, 'uma', 'private');
    talk.grant('uma', 'mia');
    expect(talk.toldTo(mia)).toEqual(['full', 'private']);
  });

  const about = (field: LoggingRule['field'], pattern: string, inboxDocumentId: string | null = null) => ({
    field,
    pattern,
    inboxDocumentId,
  });

  it.each([
    ['an address', about('address', 'Law@Firm.test')],
    ['a domain', about('domain', '@firm.test')],
    ['a subject', about('subject', 'SETTLEMENT')],
  ])('w77: a rule says what is told of mail with %s, while it is there, and of no other', (_of, rule) => {
    const talk = begun();
    talk.rule('R', 'facts', rule);
    talk.add({ from: cleo, to: [uma], cc: ['law@firm.test'], subject: 'Re: The settlement' });
    talk.add({ from: cleo, to: [uma] });
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'facts', 'full']);
    expect(talk.toldTo({ owns: ['uma'] })).toEqual(['full', 'full', 'full', 'full']);
    talk.rule('R', 'subject', rule);
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'subject', 'full']);
    talk.endRule('R');
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'full', 'full']);
  });

  it('w77: not of what was logged before it was made, nor for an inbox at which it does not hold', () => {
    const talk = begun();
    talk.rule('site', 'facts', about('address', cleo));
    talk.rule('vics', 'private', about('address', cleo, 'vic'));
    talk.add({ from: cleo, to: [uma], cc: [vic] });
    talk.add({ from: cleo, to: [vic] });
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'facts', 'private']);
  });

  it('w77: of several, and of what owners chose, the strictest', () => {
    const talk = begun();
    talk.rule('R1', 'subject', about('address', cleo));
    talk.rule('R2', 'facts', about('domain', 'customer.test'));
    talk.add({ from: cleo, to: [uma] });
    expect(talk.toldTo(mia).at(-1)).toBe('facts');
    talk.endRule('R2');
    expect(talk.toldTo(mia).at(-1)).toBe('subject');
    talk.levelOfMessage(2, 'uma', 'facts');
    expect(talk.toldTo(mia).at(-1)).toBe('facts');
  });

  it('w77: a yes opens what a rule leaves at facts; w78: what it makes private, nobody can ask for', () => {
    const talk = begun();
    talk.rule('R1', 'facts', about('subject', 'offer'));
    talk.rule('R2', 'private', about('subject', 'secret'));
    talk.add({ from: cleo, to: [uma], subject: 'Offer' });
    talk.add({ from: cleo, to: [uma], subject: 'Secret offer' });
    talk.grant('uma', 'mia');
    expect(talk.toldTo(mia)).toEqual(['full', 'full', 'full', 'private']);
    expect(talk.toldTo({ owns: ['uma'] }).at(-1)).toBe('full');
    talk.endRule('R2');
    expect(talk.toldTo(mia).at(-1)).toBe('full');
  });

  it('w78: managers are told the facts where it stands nowhere, to assign or erase it', () => {
    const talk = begin();
    talk.rule('R', 'private', about('domain', 'elsewhere.test'));
    talk.add({ from: 'someone@elsewhere.test', to: [uma], answers: null });
    expect(talk.toldTo({ managesAll: true })).toEqual(['facts']);
  });

  it('w48: managers are told the facts of private mail that stands nowhere, to assign or erase it', () => {
    const talk = begin();
    talk.level('uma', 'private');
    talk.add({ from: 'someone@elsewhere.test', to: [uma], answers: null });
    expect(talk.toldTo({ managesAll: true })).toEqual(['facts']);
    talk.level('uma', 'full');
    expect(talk.toldTo({ managesAll: true })).toEqual(['full']);
  });

  it('w48: also whoever reads all records, where it stands on one through an address that does not count', () => {
    const talk = begin();
    talk.level('uma', 'private');
    talk.add({ from: 'someone@elsewhere.test', to: [uma], answers: null });
    talk.write('Lead', ['someone@elsewhere.test'], null);
    expect(talk.toldTo({ managesAll: true, readsAll: true })).toEqual(['facts']);
    expect(talk.toldTo({ readsAll: true })).toEqual(['private']);
  });
});

describe('S41: whose a message is', () => {
  it('w49: also of whoever is on it and has a copy', () => {
    const talk = begin();
    talk.add({ from: cleo, to: [uma], cc: [vic], answers: null });
    expect(talk.seenBy({ owns: ['vic'] })).toEqual([]);
    talk.sighted(0, 'vic');
    expect(talk.seenBy({ owns: ['vic'] })).toEqual([0]);
  });

  it('w50: not of whoever files a copy of what they are not on, and they hide nothing by it', () => {
    const talk = begun();
    talk.level('vic', 'private');
    talk.sighted(0, 'vic');
    talk.sighted(1, 'vic');
    expect(talk.seenBy({ owns: ['vic'] })).toEqual([]);
    expect(talk.toldTo(mia)).toEqual(['full', 'full']);
  });

  it('w80: also of whoever got a true copy that names them nowhere, and they hide nothing by it', () => {
    const talk = begun();
    talk.level('vic', 'private');
    talk.sighted(0, 'vic', { isTrue: true });
    expect(talk.seenBy({ owns: ['vic'] })).toEqual([0]);
    expect(talk.toldTo({ owns: ['vic'] })).toEqual(['full', 'private']);
    expect(talk.toldTo(mia)).toEqual(['full', 'full']);
  });
});
