import { useEffect, useRef } from 'react';
import { Box, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import type { Problem } from '../../api/problem';
import { useText } from '../../hooks/use-text';
import { ProblemNotice } from '../ProblemNotice';
import { TextField } from '../TextField';
import type { ComposeDraft, ComposeFault } from './compose-draft';
import { FileField } from './FileField';
import { RecipientFields } from './RecipientFields';

/** Stands at the end of what may be scrolled, while Send is always in view: it comes into view by itself. */
const SendProblem = ({ problem }: { problem: Problem }) => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [problem]);
  return (
    <Box ref={box}>
      <ProblemNotice problem={problem} />
    </Box>
  );
};

interface ComposerFieldsProps {
  fromAddress: string;
  draft: ComposeDraft;
  onChange: (part: Partial<ComposeDraft>) => void;
  files: File[];
  onFilesChange: (files: File[]) => void;
  faults: ComposeFault[];
  problem: Problem | null;
}

/** What an email consists of, from its sender to its files. */
export const ComposerFields = (props: ComposerFieldsProps) => {
  const text = useText();
  const { draft, onChange, faults, problem } = props;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Typography textColor="neutral600">{text('compose.from', { address: props.fromAddress })}</Typography>
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
      <FileField files={props.files} onChange={props.onFilesChange} />
      {problem === null ? null : <SendProblem problem={problem} />}
    </Flex>
  );
};
