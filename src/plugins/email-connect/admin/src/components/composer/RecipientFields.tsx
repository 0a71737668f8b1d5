import { useState } from 'react';
import { Box, Flex, TextButton } from '@strapi/design-system';
import { useText } from '../../hooks/use-text';
import { TextField } from '../TextField';
import type { ComposeDraft, ComposeFault } from './compose-draft';

interface RecipientFieldsProps {
  draft: ComposeDraft;
  onChange: (part: Partial<ComposeDraft>) => void;
  faults: ComposeFault[];
}

/** To, and Cc and Bcc when they are wanted. */
export const RecipientFields = ({ draft, onChange, faults }: RecipientFieldsProps) => {
  const text = useText();
  const [shown, setShown] = useState({ cc: draft.cc !== '', bcc: draft.bcc !== '' });
  const copies = ['cc', 'bcc'] as const;
  const hidden = copies.filter((field) => !shown[field]);
  const error = (field: ComposeFault): string | undefined =>
    faults.includes(field) ? text('compose.fault.recipients') : undefined;
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <TextField
        label={text('compose.to')}
        value={draft.to}
        onChange={(to) => onChange({ to })}
        hint={text('compose.recipients.hint')}
        error={error('to')}
        required
      />
      {copies
        .filter((field) => shown[field])
        .map((field) => (
          <TextField
            key={field}
            label={text(`compose.${field}`)}
            value={draft[field]}
            onChange={(typed) => onChange({ [field]: typed })}
            error={error(field)}
          />
        ))}
      {hidden.length === 0 ? null : (
        <Flex gap={3}>
          {hidden.map((field) => (
            <Box key={field}>
              <TextButton onClick={() => setShown((before) => ({ ...before, [field]: true }))}>
                {text(`compose.add-${field}`)}
              </TextButton>
            </Box>
          ))}
        </Flex>
      )}
    </Flex>
  );
};
