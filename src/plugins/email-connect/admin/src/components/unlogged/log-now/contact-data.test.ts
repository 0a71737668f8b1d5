import { contactData, textAt } from './contact-data';

const plain = (field: string) => ({ field, isList: false });
const list = (field: string) => ({ field, isList: true });

describe('the data of a new contact', () => {
  it.each([
    [
      'plain fields',
      { name: [plain('name')], address: [plain('email')] },
      { name: 'Nina', email: 'nina@new.test' },
    ],
    ['the address is the name', { name: null, address: [plain('email')] }, { email: 'nina@new.test' }],
    [
      'a component',
      { name: [plain('name')], address: [plain('work'), plain('mail')] },
      { name: 'Nina', work: { mail: 'nina@new.test' } },
    ],
    [
      'a repeatable component',
      { name: [plain('name')], address: [list('emails'), plain('value')] },
      { name: 'Nina', emails: [{ value: 'nina@new.test' }] },
    ],
    [
      'both in one component',
      { name: [list('people'), plain('name')], address: [list('people'), plain('mail')] },
      { people: [{ name: 'Nina', mail: 'nina@new.test' }] },
    ],
  ])('%s', (_, form, data) => {
    expect(contactData(form, 'Nina', 'nina@new.test')).toEqual(data);
    expect(textAt(data, form.address)).toBe('nina@new.test');
  });

  it('there is no text where a record has none', () => {
    expect(textAt({ emails: [] }, [list('emails'), plain('value')])).toBe('');
    expect(textAt({ name: 7 }, [plain('name')])).toBe('');
    expect(textAt(null, [plain('name')])).toBe('');
  });
});
