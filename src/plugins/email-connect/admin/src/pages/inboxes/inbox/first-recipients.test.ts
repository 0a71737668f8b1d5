import { firstRecipients } from './first-recipients';

const person = (address: string, displayName = '') => ({ address, displayName });

describe('firstRecipients', () => {
  it('names people by their name, else by their address', () => {
    expect(firstRecipients([person('lena@x.example', 'Lena'), person('ben@x.example')])).toEqual({
      names: 'Lena, ben@x.example',
      more: 0,
    });
  });

  it('names three, and counts the others', () => {
    const five = ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'].map((address) => person(address));
    expect(firstRecipients(five)).toEqual({ names: 'a@x, b@x, c@x', more: 2 });
    expect(firstRecipients(five.slice(0, 3))).toEqual({ names: 'a@x, b@x, c@x', more: 0 });
  });

  it('names nobody for none', () => {
    expect(firstRecipients([])).toEqual({ names: '', more: 0 });
  });
});
