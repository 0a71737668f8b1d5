import { useState } from 'react';
import { Flex, TextButton } from '@strapi/design-system';
import { useText } from '../../hooks/use-text';
import { TextField } from '../kit/TextField';
import type { ComposeDraft, ComposeFault } from './compose-draft';

const copies = ['cc', 'bcc'] as const;
type Copy = (typeof copies)[number];

interface RecipientFieldsProps {
  draft: ComposeDraft;
  onChange: (part: Partial<ComposeDraft>) => void;
  faults: ComposeFault[];
}

const AddCopies = ({ hidden, onShow }: { hidden: Copy[]; onShow: (field: Copy) => void }) => {
  const text = useText();
  return (
    // The focus ring of the last button reaches 5 px beyond it: without this padding a dialog's content is too wide.
    <Flex gap={3} paddingRight={1}>
      {hidden.map((field) => (
        <TextButton key={field} onClick={() => onShow(field)}>
          {text(`compose.add-${field}`)}
        </TextButton>
      ))}
    </Flex>
  );
};

/** To, and Cc and Bcc once the user opens them. */
export const RecipientFields = ({ draft, onChange, faults }: RecipientFieldsProps) => {
  const text = useText();
  const [shown, setShown] = useState({ cc: draft.cc !== '', bcc: draft.bcc !== '' });
  const hidden = copies.filter((field) => !shown[field]);
  const error = (field: ComposeFault): string | undefined =>
    faults.includes(field) ? text('compose.fault.recipients') : undefined;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <TextField
        name="to"
        label={text('compose.to')}
        labelAction={
          <AddCopies
            hidden={hidden}
            onShow={(field) => setShown((before) => ({ ...before, [field]: true }))}
          />
        }
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
            name={field}
            label={text(`compose.${field}`)}
            value={draft[field]}
            onChange={(typed) => onChange({ [field]: typed })}
            error={error(field)}
          />
        ))}
    </Flex>
  );
};
