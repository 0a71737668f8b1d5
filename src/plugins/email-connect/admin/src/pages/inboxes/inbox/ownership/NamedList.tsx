import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { NamedChoice } from '../../../../../../shared/contracts/ownership';
import { nameOthers } from '../../../../api/ownership';
import { ChoiceField } from '../../../../components/kit/ChoiceField';
import { useNotifiedSubmit } from '../../../../components/kit/use-notified-submit';
import { useText } from '../../../../hooks/use-text';
import { keyOf, nobodyElse } from './named-choice';

interface NamedListProps {
  inboxDocumentId: string;
  named: NamedChoice[];
  choices: NamedChoice[];
  onChanged: () => void;
}

/** Who is to be named, and who is named after that. */
interface Change {
  who: NamedChoice;
  isAdded: boolean;
}

const useWords = (): ((choice: NamedChoice) => string) => {
  const text = useText();
  return ({ kind, name }) => (kind === 'role' ? text('ownership.role', { name }) : name);
};

/** Those who use the inbox besides its owner: each can be taken away, and others added. */
export const NamedList = ({ inboxDocumentId, named, choices, onChanged }: NamedListProps) => {
  const text = useText();
  const words = useWords();
  const [chosen, setChosen] = useState('');
  const others = nobodyElse(choices, named);
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, { who, isAdded }: Change) => {
      const rest = named.filter((one) => keyOf(one) !== keyOf(who));
      const next = isAdded ? [...rest, who] : rest;
      return nameOthers(
        client,
        inboxDocumentId,
        next.map(({ kind, documentId }) => ({ kind, documentId }))
      );
    },
    doneWords: ({ who, isAdded }) =>
      text(isAdded ? 'ownership.named' : 'ownership.removed', { name: words(who) }),
    onDone: () => {
      setChosen('');
      onChanged();
    },
  });
  const who = others.find((one) => keyOf(one) === chosen);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="omega" fontWeight="bold" tag="h3">
        {text('ownership.others')}
      </Typography>
      <Typography textColor="neutral600">
        {text(named.length === 0 ? 'ownership.others.none' : 'ownership.others.explained')}
      </Typography>
      {named.length === 0 ? null : (
        <Box tag="ul">
          {named.map((one) => (
            <Flex key={keyOf(one)} tag="li" justifyContent="space-between" gap={3} paddingBottom={2}>
              <Typography textColor="neutral800">{words(one)}</Typography>
              <Button
                size="S"
                variant="tertiary"
                disabled={isSubmitting}
                aria-label={text('ownership.remove.who', { name: words(one) })}
                onClick={() => submit({ who: one, isAdded: false })}
              >
                {text('ownership.remove')}
              </Button>
            </Flex>
          ))}
        </Box>
      )}
      <Flex gap={3} alignItems="flex-end" wrap="wrap">
        <Box flex="1" minWidth="220px">
          <ChoiceField
            label={text('ownership.name')}
            value={chosen}
            options={others.map((one) => ({ value: keyOf(one), label: words(one) }))}
            placeholder={text('ownership.choose')}
            onChange={setChosen}
          />
        </Box>
        <Button
          variant="secondary"
          size="L"
          disabled={who === undefined || isSubmitting}
          onClick={() => (who === undefined ? undefined : submit({ who, isAdded: true }))}
        >
          {text('ownership.add')}
        </Button>
      </Flex>
    </Flex>
  );
};
