import { contactFormOf } from './contact-form';
import type { Fields } from './contact-form';

const components: Record<string, Fields> = {
  'mail.address': { value: { type: 'email' }, kind: { type: 'string' } },
  'mail.strict': { value: { type: 'email' }, kind: { type: 'string', required: true } },
};
const formOf = (fields: Fields, addressFields: string[], nameField = 'name') =>
  contactFormOf(fields, (uid) => components[uid] ?? {}, { nameField, addressFields });

const name = { type: 'string', required: true };
const plain = (field: string) => ({ field, isList: false });

describe('the form of a new contact', () => {
  test('a name and an address in plain fields', () => {
    const fields = { name, email: { type: 'email' }, company: { type: 'string' } };
    expect(formOf(fields, ['email', 'company'])).toEqual({
      name: [plain('name')],
      address: [plain('email')],
    });
  });

  test.each([
    [true, { field: 'emails', isList: true }],
    [false, { field: 'emails', isList: false }],
  ])('an address in a component (repeatable: %s)', (repeatable, first) => {
    const fields = { name, emails: { type: 'component', component: 'mail.address', repeatable } };
    expect(formOf(fields, ['emails.value'])?.address).toEqual([first, plain('value')]);
  });

  test('the address is the name', () => {
    expect(formOf({ email: { type: 'email' } }, ['email'], 'email')).toEqual({
      name: null,
      address: [plain('email')],
    });
  });

  test('the first field that can be filled in takes the address', () => {
    const fields = { name, company: { type: 'relation' }, profile: { type: 'json' }, mail: { type: 'text' } };
    expect(formOf(fields, ['company.email', 'profile.mails', 'mail'])?.address).toEqual([plain('mail')]);
  });

  test.each<[string, Fields, string[]]>([
    ['an address behind a relation', { name, company: { type: 'relation' } }, ['company.email']],
    ['an address in JSON', { name, profile: { type: 'json' } }, ['profile.mails']],
    ['a field that is not there', { name }, ['email']],
    ['a name that is no text', { name: { type: 'relation' }, email: { type: 'email' } }, ['email']],
    ['another required field', { name, email: { type: 'email' }, vat: { ...name } }, ['email']],
    [
      'another required field in the component',
      { name, emails: { type: 'component', component: 'mail.strict' } },
      ['emails.value'],
    ],
  ])('needs its own form: %s', (_, fields, addressFields) => {
    expect(formOf(fields, addressFields)).toBeNull();
  });

  test('a required field with a default needs nothing', () => {
    const fields = { name, email: { type: 'email' }, kind: { ...name, default: 'lead' } };
    expect(formOf(fields, ['email'])).not.toBeNull();
  });
});
