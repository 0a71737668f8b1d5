import { searchRequest } from '../../../../../shared/contracts/search';
import { emptySearch, searchRequestOf } from './search-draft';

describe('search form', () => {
  it('asks for nothing while it is empty, also with blanks in it', () => {
    expect(searchRequestOf({ ...emptySearch, subject: '  ' })).toBeNull();
  });

  it('names what is filled in and nothing else, as the contract takes it', () => {
    const asked = searchRequestOf({ ...emptySearch, address: ' lena@x.example ', since: '2026-03-01' });
    expect(asked).toEqual({ address: 'lena@x.example', since: '2026-03-01' });
    expect(searchRequest.parse(asked)).toEqual(asked);
  });
});
