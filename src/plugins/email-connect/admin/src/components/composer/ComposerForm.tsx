import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import type { Settings } from '../../../../shared/contracts/settings';
import {
  composeFaults,
  firstToFill,
  toSendRequest,
  type ComposeDraft,
  type ComposeFault,
  type ComposeField,
} from './compose-draft';
import type { ComposerLayout } from './composer-layout';
import { ComposerButtons } from './ComposerButtons';
import { ComposerFields } from './ComposerFields';
import { SendProblem } from './SendProblem';
import { useSend, type Outgoing } from './use-send';

export interface ComposerFormProps {
  contact: ContactRef;
  initial: ComposeDraft;
  answersDocumentId: string | null;
  /** The inboxes from which the user may send. */
  senders: Settings['sendingInboxes'];
  /** The chosen one of these at first. */
  beginWith: string;
  /** The limit for a mail with its files. */
  limitBytes: number;
  Layout: ComposerLayout;
  onSent: (answer: SendMessageAnswer) => void;
  onCancel: () => void;
}

/** Puts the cursor into a field, with the whole form in view if there is room. */
const focusField = (form: HTMLFormElement | null, name: ComposeField | ComposeFault): void => {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLElement)) return;
  form?.scrollIntoView({ block: 'nearest' });
  field.focus();
};

/** An email being written, and the button that sends it. */
export const ComposerForm = ({ Layout, ...props }: ComposerFormProps) => {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(props.initial);
  const [sender, setSender] = useState(props.beginWith);
  const [files, setFiles] = useState<File[]>([]);
  const [wasTried, setWasTried] = useState(false);
  const { submit, submitAnother, isSubmitting, problem } = useSend(props.onSent);

  const [beginsAt] = useState(() => firstToFill(props.initial));
  useEffect(() => focusField(form.current, beginsAt), [beginsAt]);

  const faults = composeFaults(draft, files, props.limitBytes);
  const trySend = (send: (outgoing: Outgoing) => void): void => {
    setWasTried(true);
    const [firstFault] = faults;
    if (firstFault !== undefined) focusField(form.current, firstFault);
    else if (!isSubmitting)
      send({ request: toSendRequest(draft, props.contact, props.answersDocumentId, sender), files });
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    // React events bubble through portals: the Content Manager's own form would save the record.
    event.stopPropagation();
    trySend(submit);
  };

  return (
    <form ref={form} onSubmit={onSubmit} noValidate autoComplete="off">
      <Layout buttons={<ComposerButtons isSubmitting={isSubmitting} onCancel={props.onCancel} />}>
        <ComposerFields
          senders={props.senders}
          sender={sender}
          onSenderChange={setSender}
          draft={draft}
          onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
          files={files}
          onFilesChange={setFiles}
          limitBytes={props.limitBytes}
          isTooLarge={faults.includes('files')}
          faults={wasTried ? faults : []}
        >
          {problem === null ? null : (
            <SendProblem
              problem={problem}
              contact={props.contact}
              onSendAnother={() => trySend(submitAnother)}
            />
          )}
        </ComposerFields>
      </Layout>
    </form>
  );
};
