import { conversation } from '../../testing/conversation';

const uma = 'uma@crm.test';
const cleo = 'cleo@customer.test';
const dora = 'dora@customer.test';
const xeno = 'xeno@other.test';
const wife = 'wife@home.test';
const someone = 'someone@elsewhere.test';

const whoReadsAll = { readsAll: true };
const people = { Cleo: [cleo], Dora: [dora], Xeno: [xeno] };

/** Uma writes to Cleo from her record. */
const begun = (...cc: string[]) => {
  const talk = conversation(people);
  talk.add({ from: uma, to: [cleo], cc, answers: null, writtenFrom: ['Cleo'] });
  return talk;
};

describe('S40: mail stands on the records of its people', () => {
  it('w1: of a mail and its answer', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0, 1]);
    expect(talk.seenBy({ reads: ['Cleo'] })).toEqual([0, 1]);
  });

  it('w2: on no other', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma] });
    expect(talk.on('Dora')).toEqual([]);
    expect(talk.seenBy({ reads: ['Dora'] })).toEqual([]);
  });

  it('w3, w21: of each recipient', () => {
    const talk = conversation(people);
    const forty = Array.from({ length: 37 }, (_, i) => `r${i}@many.test`);
    talk.add({ from: uma, to: [cleo, ...forty, dora], cc: [xeno], answers: null });
    expect([talk.on('Cleo'), talk.on('Dora'), talk.on('Xeno')]).toEqual([[0], [0], [0]]);
  });

  it('w4, w5: of whom an outsider puts on Cc, from then on', () => {
    const talk = begun();
    talk.add({ from: uma, to: [cleo], writtenFrom: ['Cleo'] });
    talk.add({ from: cleo, to: [uma], cc: [xeno] });
    expect(talk.on('Xeno')).toEqual([2]);
    expect(talk.seenBy({ reads: ['Xeno'] })).toEqual([2]);
    talk.add({ from: uma, to: [cleo], cc: [xeno], writtenFrom: ['Cleo'] });
    expect(talk.seenBy({ reads: ['Xeno'] })).toEqual([2, 3]);
  });

  it('w4: the bystander answers, and sees that; what came before stays hidden', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma], cc: [xeno] });
    talk.add({ from: xeno, to: [uma], answers: 0 });
    expect(talk.on('Xeno')).toEqual([1, 2]);
    expect(talk.on('Cleo')).toEqual([0, 1]);
  });

  it('w6: the conversation is seen whole by whoever reads both, and a record counts its own', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma], cc: [xeno] });
    expect(talk.seenBy({ reads: ['Cleo', 'Xeno'] })).toEqual([0, 1]);
    expect(talk.on('Xeno')).toEqual([1]);
  });

  it('w7: on none, where somebody on no record was on Cc by an outsider and answers', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma], cc: [wife] });
    talk.add({ from: wife, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0, 1]);
    expect(talk.seenBy({ reads: ['Cleo', 'Dora', 'Xeno'] })).toEqual([0, 1]);
    expect(talk.seenBy({ owns: ['uma'] })).toEqual([0, 1, 2]);
  });

  it.each([
    ['w8', 'an assistant', 'assistant@customer.test'],
    ['w10', 'a private address', 'cleo@home.test'],
  ])('%s: on those of what %s answers that nobody had named, again and again', (_world, _who, address) => {
    const talk = begun();
    talk.add({ from: address, to: [uma] });
    talk.add({ from: uma, to: [address] });
    talk.add({ from: address, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0, 1, 2, 3]);
    talk.write('Cleo', [cleo, address], whoReadsAll);
    expect(talk.on('Cleo')).toEqual([0, 1, 2, 3]);
  });

  it('w9: on the assistant alone, who was on Cc by our hand', () => {
    const talk = begun(someone);
    talk.add({ from: someone, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0]);
    talk.write('Dora', [someone], whoReadsAll);
    expect(talk.on('Dora')).toEqual([0, 1]);
  });

  it('w11, w12: on all of those of what somebody new answers, and on no more', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [cleo, dora], answers: null });
    talk.add({ from: cleo, to: [uma], cc: [xeno] });
    talk.add({ from: someone, to: [uma], answers: 0 });
    talk.add({ from: 'another@elsewhere.test', to: [uma], answers: 1 });
    expect(talk.on('Dora')).toEqual([0, 2]);
    expect(talk.on('Xeno')).toEqual([1, 3]);
    expect(talk.on('Cleo')).toEqual([0, 1, 2, 3]);
  });

  it('w13: on the record that it was written from, and the answers of who stands in for it', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [someone], answers: null, writtenFrom: ['Cleo'] });
    talk.add({ from: someone, to: [uma] });
    talk.add({ from: uma, to: [someone] });
    talk.add({ from: someone, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0, 1, 2, 3]);
  });

  it('w14: nobody stands in for whom was written to', () => {
    const talk = begun(wife);
    talk.add({ from: wife, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0]);
  });

  it('w76: on whom a person chose for it, with what its people write later, and with nothing else', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [cleo], cc: [wife], answers: null });
    talk.add({ from: cleo, to: [uma] });
    talk.add({ from: wife, to: [uma], answers: 0, chosen: ['Dora'] });
    talk.add({ from: cleo, to: [uma], answers: 1 });
    expect(talk.on('Dora')).toEqual([2]);
    talk.add({ from: wife, to: [uma], answers: 2 });
    expect(talk.on('Dora')).toEqual([2, 4]);
    expect(talk.on('Cleo')).toEqual([0, 1, 3]);
  });

  it('w76: whoever is on a record that was chosen stands there by themselves, and nobody else for them', () => {
    const talk = conversation(people);
    talk.add({ from: cleo, to: [uma], cc: [wife], answers: null, chosen: ['Cleo'] });
    talk.add({ from: wife, to: [uma] });
    expect(talk.on('Cleo')).toEqual([0]);
  });

  it('w15, w16: a report of the mail system stands where the mail stands, a vacation message on its person', () => {
    const talk = begun();
    talk.add({ from: 'mailer-daemon@crm.test', to: [uma], isReport: true });
    talk.add({ from: 'mailer-daemon@crm.test', to: [uma], isReport: true, answers: 0 });
    talk.add({ from: cleo, to: [uma], answers: 0 });
    expect(talk.on('Cleo')).toEqual([0, 1, 2, 3]);
    expect(talk.on('Dora')).toEqual([]);
  });

  it('w19, w22: on every record with the address, but never through one of ours', () => {
    const talk = conversation({ ...people, Clone: [cleo], Mistake: [uma] });
    talk.add({ from: uma, to: [cleo], answers: null });
    expect([talk.on('Cleo'), talk.on('Clone'), talk.on('Mistake')]).toEqual([[0], [0], []]);
    expect(talk.seenBy({ reads: ['Mistake'] })).toEqual([]);
  });

  it('w20: on that of a Bcc, of whom others are not told', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [cleo], bcc: [dora], answers: null });
    expect(talk.on('Dora')).toEqual([0]);
    expect(talk.contactsFor(['Cleo'])).toEqual(['person Cleo']);
  });

  it('w24: no more, when the only message of somebody is removed', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [cleo], answers: null });
    talk.add({ from: cleo, to: [uma], cc: [dora] });
    talk.remove(1);
    expect(talk.on('Dora')).toEqual([]);
    expect(talk.contactsFor(['Dora'])).toEqual([]);
  });
});

describe('an address that is written into a record', () => {
  it('w26, w29: brings its mail, and takes it along', () => {
    const talk = conversation({ Cleo: [] });
    talk.add({ from: uma, to: [cleo], answers: null });
    expect(talk.on('Cleo')).toEqual([]);
    talk.write('Cleo', [cleo, 'cleo@new.test'], whoReadsAll);
    talk.add({ from: 'cleo@new.test', to: [uma], answers: null });
    expect(talk.on('Cleo')).toEqual([0, 1]);
    talk.write('Cleo', ['cleo@new.test'], whoReadsAll);
    expect(talk.on('Cleo')).toEqual([1]);
  });

  it('w27: takes all of it along, but what was written from the record', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma] });
    talk.add({ from: someone, to: [uma], answers: 1 });
    talk.write('Cleo', [], whoReadsAll);
    expect(talk.on('Cleo')).toEqual([0]);
    expect(talk.seenBy({ reads: ['Cleo'] })).toEqual([0]);
  });

  it('w39, w71: is gone with its record, and there again with it', () => {
    const talk = conversation(people);
    talk.add({ from: uma, to: [cleo], answers: null });
    talk.write('Cleo', [], whoReadsAll);
    expect(talk.seenBy({ owns: ['uma'] })).toEqual([0]);
    expect(talk.seenBy({ managesAll: true })).toEqual([0]);
    talk.write('New', [cleo], whoReadsAll);
    expect(talk.seenBy({ reads: ['New'] })).toEqual([0]);
  });
});

describe('S41: whether an address counts that is written into a record', () => {
  const seller = { reads: ['Own'] };
  /** Cleo has answered, and a seller writes her address into a record of their own. */
  const typed = () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma] });
    talk.write('Own', [cleo], seller);
    return talk;
  };

  it('w30: it opens nothing to whoever could not see its mail', () => {
    const talk = typed();
    expect(talk.on('Own')).toEqual([]);
    expect(talk.seenBy(seller)).toEqual([]);
    expect(talk.contactsFor(['Own'])).toEqual([]);
    expect(talk.confirm('Own', cleo, seller)).toBe(false);
    talk.add({ from: cleo, to: [uma] });
    expect(talk.seenBy(seller)).toEqual([]);
  });

  it('w30: nor does the address of somebody who is on no record, but on mail', () => {
    const talk = begun(wife);
    talk.write('Own', [wife], seller);
    expect(talk.seenBy(seller)).toEqual([]);
    talk.write('Hers', [wife], { reads: ['Cleo', 'Hers'] });
    expect(talk.on('Hers')).toEqual([0]);
  });

  it('w30: nor by writing it again, once nobody carries it', () => {
    const talk = typed();
    talk.write('Cleo', [], whoReadsAll);
    talk.write('Own', [], seller);
    talk.write('Own', [cleo], seller);
    expect(talk.seenBy(seller)).toEqual([]);
  });

  it('w31: it counts once a colleague confirms it who may see the mail', () => {
    const talk = typed();
    expect(talk.confirm('Own', cleo, { reads: ['Cleo'] })).toBe(true);
    expect(talk.on('Own')).toEqual([0, 1]);
    expect(talk.seenBy(seller)).toEqual([0, 1]);
  });

  it('w32: it does not count by the deletion of the record that had it', () => {
    const talk = typed();
    talk.write('Cleo', [], whoReadsAll);
    expect(talk.on('Own')).toEqual([]);
    expect(talk.seenBy(seller)).toEqual([]);
  });

  it('w33: it counts at once, for everybody, where somebody writes it who reads all records', () => {
    const talk = begun();
    talk.write('Second', [cleo], whoReadsAll);
    expect(talk.seenBy({ reads: ['Second'] })).toEqual([0]);
  });

  it('w33: for whoever reads all records it counts, whoever wrote it', () => {
    const talk = typed();
    expect(talk.seenBy({ readsAll: true })).toEqual([0, 1]);
  });

  it('w34: it does not count where a public form writes it, until it is confirmed', () => {
    const talk = begun();
    talk.write('Lead', [cleo], null);
    expect(talk.seenBy({ reads: ['Lead'] })).toEqual([]);
    expect(talk.confirm('Lead', cleo, { reads: ['Cleo'] })).toBe(true);
    expect(talk.seenBy({ reads: ['Lead'] })).toEqual([0]);
  });

  it('w35: it counts where nobody carries it and no mail names it, whoever writes it', () => {
    const talk = begun();
    talk.write('Imported', [someone], null);
    talk.add({ from: someone, to: [uma], answers: null });
    expect(talk.on('Imported')).toEqual([1]);
  });

  it('w36: it goes on to count where it did, whatever others write', () => {
    const talk = typed();
    expect(talk.seenBy({ reads: ['Cleo'] })).toEqual([0, 1]);
  });

  it('w37: it counts on a clone that somebody makes who reads the record', () => {
    const talk = begun();
    talk.write('Clone', [cleo], { reads: ['Cleo', 'Clone'] });
    expect(talk.on('Clone')).toEqual(talk.on('Cleo'));
  });

  it('w38: what counted on either of two records counts on the one that is left', () => {
    const talk = begun();
    talk.add({ from: 'cleo@home.test', to: [uma], answers: null });
    talk.write('Twin', ['cleo@home.test'], whoReadsAll);
    const who = { reads: ['Cleo', 'Twin'] };
    talk.write('Cleo', [cleo, 'cleo@home.test'], who);
    talk.write('Twin', [], who);
    expect(talk.on('Cleo')).toEqual([0, 1]);
  });

  it('w13, w30: what is written to it from the record stands there, and so do the answers', () => {
    const talk = typed();
    talk.add({ from: uma, to: [cleo], answers: null, writtenFrom: ['Own'] });
    talk.add({ from: cleo, to: [uma] });
    expect(talk.on('Own')).toEqual([2, 3]);
  });

  it('S41: whoever owns the inbox of all its mail sees nothing new by it', () => {
    const talk = begun(wife);
    talk.write('Hers', [wife], { reads: ['Hers'], owns: ['uma'] });
    expect(talk.on('Hers')).toEqual([0]);
    talk.add({ from: cleo, to: [uma], cc: ['child@home.test'], inbox: 'vic' });
    talk.write('Theirs', ['child@home.test'], { reads: ['Theirs'], owns: ['uma'] });
    expect(talk.on('Theirs')).toEqual([]);
  });
});

describe('who asks', () => {
  it('w46: owners see what their inbox sent or logged', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma], inbox: 'vic' });
    expect(talk.seenBy({ owns: ['uma'] })).toEqual([0]);
    expect(talk.seenBy({ owns: ['vic'] })).toEqual([1]);
  });

  it('w48: managers see what stands nowhere, and nothing else by that', () => {
    const talk = begun();
    talk.add({ from: cleo, to: [uma], cc: [wife] });
    talk.add({ from: wife, to: [uma] });
    expect(talk.seenBy({ managesAll: true })).toEqual([2]);
    expect(talk.seenBy({ managesAll: true, reads: ['Cleo'] })).toEqual([0, 1, 2]);
  });
});
