import type { ContactOffer, Nobody } from '../../../../../shared/contracts/nobody';
import { firstChoice, inWay, isComplete, waysFor, withPerson } from './contact-choice';

const plain = (field: string) => [{ field, isList: false }];
const offer = (contactType: string, change: Partial<ContactOffer> = {}): ContactOffer => ({
  contactType,
  displayName: contactType,
  nameField: 'name',
  mayRead: true,
  mayCreate: true,
  form: { name: plain('name'), address: plain('email') },
  ...change,
});
const nina = { address: 'nina@new.test', displayName: 'Nina Novak' };
const eve = { address: 'eve@new.test', displayName: '' };
const nobody = (change: Partial<Nobody> = {}): Nobody => ({
  people: [nina, eve],
  contactTypes: [offer('company', { form: null }), offer('person')],
  ...change,
});

describe('whose contact a mail becomes', () => {
  it('at first its author becomes one, of the first type that needs no form of its own', () => {
    expect(firstChoice(nobody())).toEqual({
      way: 'create',
      contactType: 'person',
      address: 'nina@new.test',
      name: 'Nina Novak',
      chosen: null,
    });
  });

  it('a type that needs its own form is offered where there is no other', () => {
    const choice = firstChoice(nobody({ contactTypes: [offer('company', { form: null })] }));
    expect(choice).toMatchObject({ way: 'create', contactType: 'company' });
    expect(choice && isComplete(choice, nobody())).toBe(false);
  });

  it.each([
    ['may not create', { contactTypes: [offer('person', { mayCreate: false })] }, ['choose']],
    ['may not see any', { contactTypes: [offer('person', { mayRead: false })] }, ['create']],
    ['may do neither', { contactTypes: [offer('person', { mayRead: false, mayCreate: false })] }, []],
    ['may do both, and everybody on it is of the team', { people: [] }, ['choose']],
  ])('a user who %s', (_, change, expected) => {
    expect(waysFor(nobody(change))).toEqual(expected);
    expect(firstChoice(nobody(change))?.way).toBe(expected[0]);
  });

  it('another person comes with their own name, else their address', () => {
    expect(withPerson('eve@new.test', nobody())).toEqual({ address: 'eve@new.test', name: 'eve@new.test' });
  });

  it('is complete with a name, or with somebody who was chosen', () => {
    const choice = firstChoice(nobody());
    if (!choice) throw new Error('There is a way.');
    expect(isComplete(choice, nobody())).toBe(true);
    expect(isComplete({ ...choice, name: ' ' }, nobody())).toBe(false);
    const choosing = { ...choice, ...inWay('choose', nobody()) };
    expect(isComplete(choosing, nobody())).toBe(false);
    const chosen = { contactType: 'person', documentId: 'p' };
    expect(isComplete({ ...choosing, chosen }, nobody())).toBe(true);
  });
});
