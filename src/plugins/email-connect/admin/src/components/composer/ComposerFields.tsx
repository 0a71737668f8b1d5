import type { ReactNode } from 'react';
import { Field, Flex, Textarea } from '@strapi/design-system';
import type { Settings } from '../../../../shared/contracts/settings';
import { useText } from '../../hooks/use-text';
import { TextField } from '../kit/TextField';
import type { ComposeDraft, ComposeFault } from './compose-draft';
import { FileField } from './FileField';
import { RecipientFields } from './RecipientFields';
import { SenderField } from './SenderField';

interface ComposerFieldsProps {
  senders: Settings['sendingInboxes'];
  /** The documentId of the chosen one. */
  sender: string;
  onSenderChange: (sender: string) => void;
  draft: ComposeDraft;
  onChange: (part: Partial<ComposeDraft>) => void;
  files: File[];
  onFilesChange: (files: File[]) => void;
  /** The limit for a mail with its files. */
  limitBytes: number;
  isTooLarge: boolean;
  faults: ComposeFault[];
  /** Rendered below the fields. */
  children: ReactNode;
}

/** What an email consists of, from its sender to its files. */
export const ComposerFields = (props: ComposerFieldsProps) => {
  const text = useText();
  const { draft, onChange, faults } = props;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <SenderField senders={props.senders} value={props.sender} onChange={props.onSenderChange} />
      <RecipientFields draft={draft} onChange={onChange} faults={faults} />
      <TextField
        name="subject"
        label={text('compose.subject')}
        value={draft.subject}
        onChange={(subject) => onChange({ subject })}
      />
      <Field.Root error={faults.includes('text') ? text('compose.fault.text') : undefined}>
        <Field.Label>{text('compose.text')}</Field.Label>
        <Textarea
          name="text"
          value={draft.text}
          onChange={(event) => onChange({ text: event.target.value })}
          minHeight="220px"
          resizable
        />
        <Field.Error />
      </Field.Root>
      <FileField
        files={props.files}
        onChange={props.onFilesChange}
        limitBytes={props.limitBytes}
        isTooLarge={props.isTooLarge}
      />
      {props.children}
    </Flex>
  );
};
