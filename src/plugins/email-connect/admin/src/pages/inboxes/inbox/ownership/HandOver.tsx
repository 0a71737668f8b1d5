import { useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { InboxWithFolders } from '../../../../../../shared/contracts/inbox';
import type { NamedChoice } from '../../../../../../shared/contracts/ownership';
import { handOver } from '../../../../api/ownership';
import { ConfirmDialog } from '../../../../components/kit/ConfirmDialog';
import { ChoiceField } from '../../../../components/kit/ChoiceField';
import { useNotifiedSubmit } from '../../../../components/kit/use-notified-submit';
import { useText } from '../../../../hooks/use-text';

interface HandOverProps {
  inbox: InboxWithFolders;
  /** Who may own it. */
  choices: NamedChoice[];
  onDone: () => void;
}

/** Makes somebody else the owner, who is asked for first and told what it means. */
export const HandOver = ({ inbox, choices, onDone }: HandOverProps) => {
  const text = useText();
  const [chosen, setChosen] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const next = choices.find(({ documentId }) => documentId === chosen);
  const name = next?.name ?? '';
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, owner: NamedChoice) => handOver(client, inbox.documentId, owner.documentId),
    doneWords: (owner) => text('ownership.handed-over', { name: owner.name }),
    onDone: () => {
      setChosen('');
      onDone();
    },
  });
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Typography variant="omega" fontWeight="bold" tag="h3">
        {text('ownership.hand-over')}
      </Typography>
      <Flex gap={3} alignItems="flex-end" wrap="wrap">
        <Box flex="1" minWidth="220px">
          <ChoiceField
            label={text('ownership.new-owner')}
            value={chosen}
            options={choices.map((choice) => ({ value: choice.documentId, label: choice.name }))}
            placeholder={text(choices.length === 0 ? 'ownership.nobody' : 'ownership.choose')}
            onChange={setChosen}
          />
        </Box>
        <Button
          variant="danger-light"
          size="L"
          disabled={next === undefined || isSubmitting}
          onClick={() => setIsOpen(true)}
        >
          {text('ownership.hand-over')}
        </Button>
      </Flex>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={text('ownership.hand-over.title', { address: inbox.address, name })}
        consequences={[
          text('ownership.hand-over.gets', { name, address: inbox.address }),
          text(inbox.ownedByYou ? 'ownership.hand-over.you-lose' : 'ownership.hand-over.loses'),
          text('ownership.hand-over.password'),
          text('ownership.hand-over.on-record'),
        ]}
        confirm={text('ownership.hand-over')}
        isDangerous
        onConfirm={() => (next === undefined ? undefined : submit(next))}
      />
    </Flex>
  );
};
