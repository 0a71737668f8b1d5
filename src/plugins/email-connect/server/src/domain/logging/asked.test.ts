import { answerAsked } from './asked';
import type { AskedFacts } from './asked';

const ann = { contactType: 'api::person.person', documentId: 'ann' };
const nina = { contactType: 'api::person.person', documentId: 'nina' };
const chosen = { contact: nina, isThere: true };

const answer = (facts: Partial<AskedFacts>) =>
  answerAsked({ standsOn: [], chosen: null, begins: true, ...facts });

describe('on whom a mail is logged that a person asked for', () => {
  test.each([true, false])('S45, w76: on nobody: refused (it begins its conversation: %s)', (begins) => {
    expect(answer({ begins })).toEqual({ kind: 'refuse', because: 'no-contact' });
  });

  test.each([true, false])('on those of its people, if no contact was chosen (begins: %s)', (begins) => {
    expect(answer({ standsOn: [ann], begins })).toEqual({ kind: 'log', chosen: null });
  });

  test.each([
    ['it begins a conversation, whoever stands on it', { standsOn: [ann], begins: true }],
    ['it begins one for nobody', { begins: true }],
    ['w7, w9: it belongs to one, and none of its own people is on a record', { begins: false }],
  ])('S45: on the chosen contact, if %s', (_, facts) => {
    expect(answer({ ...facts, chosen })).toEqual({ kind: 'log', chosen: nina });
  });

  test('S24: within a conversation, on its own people alone', () => {
    expect(answer({ standsOn: [ann], begins: false, chosen })).toEqual({ kind: 'log', chosen: null });
  });

  test('S45: a chosen contact that is gone is said to be gone, whoever else it stands on', () => {
    const gone = { contact: nina, isThere: false };
    expect(answer({ chosen: gone, standsOn: [ann] })).toEqual({
      kind: 'refuse',
      because: 'chosen-is-gone',
    });
  });
});
