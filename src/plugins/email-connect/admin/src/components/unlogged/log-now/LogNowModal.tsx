import { useCallback, useState, type FormEvent } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import type { Glimpse } from '../../../../../shared/contracts/location';
import type { Client } from '../../../api/client';
import { explainMessage } from '../../../api/unlogged';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { focusDialog } from '../../kit/focus-dialog';
import { Notice } from '../../kit/Notice';
import { ProblemNotice } from '../../kit/ProblemNotice';
import { WhenLoaded } from '../../kit/WhenLoaded';
import { GlimpseLines } from '../GlimpseLines';
import { firstChoice, isComplete } from './contact-choice';
import { ContactFields } from './ContactFields';
import { useLogNow, type LogNow } from './use-log-now';

interface LogNowFormProps extends LogNow {
  /** The message as its row shows it, which the dialog may cover. */
  glimpse: Glimpse | null;
}

const LogNowForm = ({ glimpse, ...props }: LogNowFormProps) => {
  const text = useText();
  const { nobody, onClose } = props;
  const [choice, setChoice] = useState(() => nobody && firstChoice(nobody));
  const { submit, isSubmitting, problem, refused } = useLogNow(props);
  const isReady = nobody === null || (choice !== null && isComplete(choice, nobody));
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady && !isSubmitting) submit(choice);
  };
  return (
    <form onSubmit={onSubmit} noValidate autoComplete="off">
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {glimpse === null ? null : <GlimpseLines glimpse={glimpse} />}
          <Flex tag="ul" direction="column" alignItems="stretch" gap={1}>
            {(['reads', 'seen', 'replies'] as const).map((consequence) => (
              <Typography tag="li" key={consequence}>
                {text(`log-now.${consequence}`)}
              </Typography>
            ))}
          </Flex>
          {nobody === null ? null : <ContactFields nobody={nobody} choice={choice} onChange={setChoice} />}
          {refused === '' ? null : (
            <Notice tone="danger" title={text('log-now.create.refused')}>
              <Typography style={{ overflowWrap: 'anywhere' }}>{refused}</Typography>
            </Notice>
          )}
          {problem === null ? null : <ProblemNotice problem={problem} />}
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {text('cancel')}
        </Button>
        <Button type="submit" loading={isSubmitting} disabled={!isReady}>
          {text(choice === null ? 'log-now' : `log-now.${choice.way}.log`)}
        </Button>
      </Modal.Footer>
    </form>
  );
};

interface LogNowModalProps extends Omit<LogNow, 'nobody' | 'onOutdated'> {
  /** Where a dialog without a trigger gives the focus back. */
  onCloseAutoFocus?: (event: Event) => void;
}

/** S45: says what logging the message does, and asks for a contact where it would stand on none. */
export const LogNowModal = ({ onCloseAutoFocus, ...props }: LogNowModalProps) => {
  const text = useText();
  const { inboxDocumentId, location, asSuggested } = props;
  const explanation = useLoad(
    useCallback(
      (client: Client) => explainMessage(client, inboxDocumentId, { location, asSuggested }),
      [inboxDocumentId, location, asSuggested]
    )
  );
  return (
    <Modal.Content
      onInteractOutside={(event) => event.preventDefault()}
      onOpenAutoFocus={focusDialog}
      onCloseAutoFocus={onCloseAutoFocus}
    >
      <Modal.Header closeLabel={text('close')}>
        <Modal.Title>{text('log-now.title')}</Modal.Title>
      </Modal.Header>
      <WhenLoaded loaded={explanation}>
        {({ nobody, glimpse }) => (
          // Whether a contact has to be found changes what is asked.
          <LogNowForm
            key={nobody === null ? 'somebody' : 'nobody'}
            {...props}
            nobody={nobody}
            glimpse={glimpse}
            onOutdated={explanation.reload}
          />
        )}
      </WhenLoaded>
    </Modal.Content>
  );
};
