import { useCallback, useRef, type ReactNode } from 'react';
import { Flex } from '@strapi/design-system';
import { getFetchClient, useNotification } from '@strapi/strapi/admin';
import { chooseDeletion } from '../../api/leaving';
import { useNotifyFailure } from '../../components/kit/use-notify-failure';
import { useContactTypes } from '../../hooks/use-contact-types';
import { useText } from '../../hooks/use-text';
import type { LeftMailAnswer } from './left-mail-answer';
import { LeftMailQuestion } from './LeftMailQuestion';

/** The props that the Content Manager gives every action on a document. */
interface DocumentProps {
  model: string;
  documentId?: string;
}

interface ConfirmDialog {
  type: string;
  content?: ReactNode;
  onConfirm?: () => unknown;
}

/** An action of the Content Manager: called as a component, it describes a button. */
export interface DocumentAction {
  (props: DocumentProps): { dialog?: ConfirmDialog } | null;
  type?: string;
  position?: unknown;
}

/** The dialog closes when its `onConfirm` is done: with this it stays open. */
const stayOpen = (): Promise<void> => new Promise(() => undefined);

/** S45: the Content Manager's action that deletes a record, with the question what becomes of its mail in its dialog. */
export const askWhenDeleted = (original: DocumentAction): DocumentAction => {
  const DeleteContactAction: DocumentAction = (props) => useQuestion(original(props), props);
  return Object.assign(DeleteContactAction, { type: original.type, position: original.position });
};

const useQuestion = (
  described: ReturnType<DocumentAction>,
  { model, documentId }: DocumentProps
): ReturnType<DocumentAction> => {
  const text = useText();
  const { toggleNotification } = useNotification();
  const notifyFailure = useNotifyFailure();
  const isContact = useContactTypes().has(model);
  const answer = useRef<LeftMailAnswer>(null);
  const onAnswer = useCallback((given: LeftMailAnswer) => {
    answer.current = given;
  }, []);
  const dialog = described?.dialog;
  if (!isContact || documentId === undefined || dialog?.type !== 'dialog') return described;
  const contact = { contactType: model, documentId };
  const confirm = async (): Promise<unknown> => {
    if (answer.current === 'missing') {
      toggleNotification({ type: 'warning', message: text('leaving.missing') });
      return stayOpen();
    }
    try {
      if (answer.current !== null) await chooseDeletion(getFetchClient(), contact, answer.current);
    } catch (error) {
      notifyFailure(error);
      return stayOpen();
    }
    return dialog.onConfirm?.();
  };
  const content = (
    <Flex direction="column" alignItems="stretch" gap={4} width="100%">
      {dialog.content}
      <LeftMailQuestion {...contact} onAnswer={onAnswer} />
    </Flex>
  );
  return { ...described, dialog: { ...dialog, content, onConfirm: confirm } };
};
