import { standingOf } from './standing';
import type { StandingFacts } from './standing';

const ann = { contactType: 'api::person.person', documentId: 'ann' };
const nina = { contactType: 'api::person.person', documentId: 'nina' };
const chosen = { contact: nina, isThere: true };

const standing = (facts: Partial<StandingFacts>) =>
  standingOf({ standing: [], chosen: null, thread: 'begins', ...facts });

describe('who stands on the thread of a mail that is logged by hand', () => {
  test.each(['begins', 'own', 'foreign'] as const)(
    'S45: nobody, and no contact was chosen: refused (%s)',
    (thread) => {
      expect(standing({ thread })).toEqual({ kind: 'refuse', because: 'no-contact' });
    }
  );

  test.each(['begins', 'own', 'foreign'] as const)('somebody does, and nobody was chosen (%s)', (thread) => {
    expect(standing({ standing: [ann], thread })).toEqual({ kind: 'log', chosen: null });
  });

  test.each([
    ['a thread that it begins, whoever stands there', { standing: [ann], thread: 'begins' }],
    ['a thread that it begins for nobody', { thread: 'begins' }],
    ['a thread of the inbox that nobody stands on', { thread: 'own' }],
  ] as const)('S45: the chosen contact is put on %s', (_, facts) => {
    expect(standing({ ...facts, chosen })).toEqual({ kind: 'log', chosen: nina });
  });

  test.each(['own', 'foreign'] as const)(
    'S24: but on no thread where others stand: a mail that cites it would open it (%s)',
    (thread) => {
      expect(standing({ standing: [ann], thread, chosen })).toEqual({ kind: 'log', chosen: null });
    }
  );

  test('S24: nor on a thread of another inbox that nobody stands on', () => {
    expect(standing({ thread: 'foreign', chosen })).toEqual({ kind: 'refuse', because: 'foreign-thread' });
  });

  test('S45: a chosen contact that is gone is said to be gone, whoever else stands there', () => {
    const gone = { contact: nina, isThere: false };
    expect(standing({ chosen: gone, standing: [ann] })).toEqual({
      kind: 'refuse',
      because: 'chosen-is-gone',
    });
  });
});
