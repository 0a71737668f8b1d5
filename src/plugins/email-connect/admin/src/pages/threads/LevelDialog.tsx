import { useState } from 'react';
import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { LevelChoiceAnswer } from '../../../../shared/contracts/access';
import type { LevelAnswer } from '../../../../shared/contracts/level';
import type { Client } from '../../api/client';
import { focusDialog } from '../../components/kit/focus-dialog';
import { ProblemNotice } from '../../components/kit/ProblemNotice';
import { levelOf, optionOf, stricterOptions, type LevelOption } from '../../components/levels/level-options';
import { LevelChoice } from '../../components/levels/LevelChoice';
import { useSubmit } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';

interface LevelFormProps {
  of: 'thread' | 'message';
  decides: LevelChoiceAnswer;
  choose: (client: Client, level: LevelAnswer | null) => Promise<unknown>;
  onClose: () => void;
  onChanged: () => void;
}

const LevelForm = ({ of, decides, choose, onClose, onChanged }: LevelFormProps) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  const [option, setOption] = useState(optionOf(decides));
  const { submit, isSubmitting, problem } = useSubmit(
    (client, chosen: LevelOption) => choose(client, levelOf(chosen)),
    () => {
      toggleNotification({ type: 'success', message: text(`${of}.level.saved`) });
      onClose();
      onChanged();
    }
  );
  return (
    <>
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography>{text(`${of}.level.explained`)}</Typography>
          {problem === null ? null : <ProblemNotice problem={problem} />}
          <LevelChoice
            label={text(`${of}.level`)}
            options={stricterOptions(decides)}
            value={option}
            of={of}
            otherwise={decides.otherwise}
            onChange={setOption}
          />
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {text('cancel')}
        </Button>
        <Button loading={isSubmitting} onClick={() => submit(option)}>
          {text('thread.level.save')}
        </Button>
      </Modal.Footer>
    </>
  );
};

interface LevelDialogProps extends LevelFormProps {
  isOpen: boolean;
  /** It has no trigger to give the focus back to. */
  onCloseAutoFocus: (event: Event) => void;
}

/** S42: whoever owns the inbox of mail may make a conversation, or one mail of it, more private than the inbox. */
export const LevelDialog = ({ isOpen, onCloseAutoFocus, ...props }: LevelDialogProps) => {
  const text = useText();
  return (
    <Modal.Root open={isOpen} onOpenChange={(open) => (open ? undefined : props.onClose())}>
      {isOpen ? (
        <Modal.Content onOpenAutoFocus={focusDialog} onCloseAutoFocus={onCloseAutoFocus}>
          <Modal.Header closeLabel={text('close')}>
            <Modal.Title>{text(`${props.of}.level`)}</Modal.Title>
          </Modal.Header>
          <LevelForm {...props} />
        </Modal.Content>
      ) : null}
    </Modal.Root>
  );
};
