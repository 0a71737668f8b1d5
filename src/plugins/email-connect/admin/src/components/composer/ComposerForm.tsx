import { useState, type FormEvent } from 'react';
import { Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { PaperPlane } from '@strapi/icons';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';
import { TextField } from '../TextField';
import { composeFaults, toSendRequest, type ComposeDraft } from './compose-draft';
import { FileField } from './FileField';
import { RecipientFields } from './RecipientFields';
import { SendProblem } from './SendProblem';
import { useSend, type Outgoing } from './use-send';

export interface ComposerFormProps {
  contact: ContactRef;
  initial: ComposeDraft;
  answersDocumentId: string | null;
  fromAddress: string;
  /** Of a mail with its files. */
  limitBytes: number;
  onSent: (answer: SendMessageAnswer) => void;
  onCancel: () => void;
}

/** The fields of an email and the button that sends it. */
export const ComposerForm = (props: ComposerFormProps) => {
  const text = useText();
  const [draft, setDraft] = useState(props.initial);
  const [files, setFiles] = useState<File[]>([]);
  const [wasTried, setWasTried] = useState(false);
  const { submit, submitAnother, isSubmitting, problem } = useSend(props.onSent);

  const faults = composeFaults(draft, files, props.limitBytes);
  const shownFaults = wasTried ? faults : [];
  const change = (part: Partial<ComposeDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const outgoing = (): Outgoing => ({
    request: toSendRequest(draft, props.contact, props.answersDocumentId),
    files,
  });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    // React events climb through portals: the Content Manager's own form would save the record.
    event.stopPropagation();
    setWasTried(true);
    if (faults.length > 0 || isSubmitting) return;
    submit(outgoing());
  };

  return (
    <form onSubmit={send} noValidate>
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography textColor="neutral600">{text('compose.from', { address: props.fromAddress })}</Typography>
        <RecipientFields draft={draft} onChange={change} faults={shownFaults} />
        <TextField
          label={text('compose.subject')}
          value={draft.subject}
          onChange={(subject) => change({ subject })}
        />
        <Field.Root error={shownFaults.includes('text') ? text('compose.fault.text') : undefined}>
          <Field.Label>{text('compose.text')}</Field.Label>
          <Textarea
            value={draft.text}
            onChange={(event) => change({ text: event.target.value })}
            minHeight="220px"
            resizable
          />
          <Field.Error />
        </Field.Root>
        <FileField
          files={files}
          onChange={setFiles}
          limitBytes={props.limitBytes}
          isTooLarge={faults.includes('files')}
        />
        {problem === null ? null : (
          <SendProblem
            problem={problem}
            contact={props.contact}
            onSendAnother={() => (faults.length > 0 || isSubmitting ? undefined : submitAnother(outgoing()))}
          />
        )}
        <Flex gap={2} justifyContent="flex-end">
          <Button variant="tertiary" onClick={props.onCancel}>
            {text('cancel')}
          </Button>
          <Button type="submit" startIcon={<PaperPlane />} loading={isSubmitting}>
            {text(isSubmitting ? 'compose.sending' : 'compose.send')}
          </Button>
        </Flex>
      </Flex>
    </form>
  );
};
