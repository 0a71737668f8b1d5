import { useCallback, useState, type FormEvent } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import type { Client } from '../../../api/client';
import { explainMessage } from '../../../api/unlogged';
import { useLoad } from '../../../hooks/use-load';
import { useText } from '../../../hooks/use-text';
import { focusDialog } from '../../kit/focus-dialog';
import { Notice } from '../../kit/Notice';
import { ProblemNotice } from '../../kit/ProblemNotice';
import { WhenLoaded } from '../../kit/WhenLoaded';
import { firstChoice, isComplete } from './contact-choice';
import { ContactFields } from './ContactFields';
import { useLogNow, type LogNow } from './use-log-now';

const LogNowForm = (props: LogNow) => {
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

/** S45: says what logging the message does, and asks for a contact where nobody would see it. */
export const LogNowModal = (props: Omit<LogNow, 'nobody' | 'onOutdated'>) => {
  const text = useText();
  const { inboxDocumentId, location } = props;
  const explanation = useLoad(
    useCallback(
      (client: Client) => explainMessage(client, inboxDocumentId, { location }),
      [inboxDocumentId, location]
    )
  );
  return (
    <Modal.Content onInteractOutside={(event) => event.preventDefault()} onOpenAutoFocus={focusDialog}>
      <Modal.Header closeLabel={text('close')}>
        <Modal.Title>{text('log-now.title')}</Modal.Title>
      </Modal.Header>
      <WhenLoaded loaded={explanation}>
        {({ nobody }) => (
          // Whether a contact has to be found changes what is asked.
          <LogNowForm
            key={nobody === null ? 'somebody' : 'nobody'}
            {...props}
            nobody={nobody}
            onOutdated={explanation.reload}
          />
        )}
      </WhenLoaded>
    </Modal.Content>
  );
};
