import { useState } from 'react';
import { Button, Flex, Grid } from '@strapi/design-system';
import { Search } from '@strapi/icons';
import type { SearchRequest } from '../../../../../shared/contracts/search';
import { TextField } from '../../../components/kit/TextField';
import { useText } from '../../../hooks/use-text';
import { searchRequestOf, type SearchDraft } from './search-draft';

interface SearchFormProps {
  initial: SearchDraft;
  onSearch: (request: SearchRequest) => void;
}

const fields = [
  { name: 'address', type: 'text', hint: 'search.address.hint' },
  { name: 'subject', type: 'text', hint: null },
  { name: 'messageId', type: 'text', hint: 'search.messageId.hint' },
  { name: 'since', type: 'date', hint: null },
] as const;

/** Facts about the mail that is looked for; one of them is enough. */
export const SearchForm = ({ initial, onSearch }: SearchFormProps) => {
  const text = useText();
  const [draft, setDraft] = useState(initial);
  const request = searchRequestOf(draft);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (request !== null) onSearch(request);
      }}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Grid.Root gap={4}>
          {fields.map(({ name, type, hint }) => (
            <Grid.Item key={name} col={6} s={12} xs={12} alignItems="flex-start">
              <TextField
                label={text(`search.${name}`)}
                type={type}
                value={draft[name]}
                onChange={(value) => setDraft((before) => ({ ...before, [name]: value }))}
                hint={hint === null ? undefined : text(hint)}
              />
            </Grid.Item>
          ))}
        </Grid.Root>
        <Flex>
          <Button type="submit" startIcon={<Search />} disabled={request === null}>
            {text('search.run')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
};
