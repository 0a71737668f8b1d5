import { inboxOptions } from './inbox-options';

const sales = { documentId: 'a', label: 'Sales', address: 'sales@crm.test' };
const unnamed = { documentId: 'b', label: '', address: 'uma@crm.test' };

describe('inboxOptions', () => {
  it('names an inbox as its list does, with the address', () => {
    expect(inboxOptions([sales, unnamed], 'a')).toEqual([
      { documentId: 'a', words: 'Sales (sales@crm.test)' },
      { documentId: 'b', words: 'uma@crm.test' },
    ]);
  });

  it('keeps a chosen inbox that is not there, so that a person sees it and can choose another', () => {
    expect(inboxOptions([unnamed], 'gone')).toContainEqual({ documentId: 'gone', words: null });
  });
});
