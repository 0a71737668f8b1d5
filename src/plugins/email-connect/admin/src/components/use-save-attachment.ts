import { useNotification } from '@strapi/strapi/admin';
import type { Attachment } from '../../../shared/contracts/attachment';
import { saveAttachment } from '../api/attachments';
import { toProblem } from '../api/problem';
import { useSubmit, type Submission } from '../hooks/use-submit';
import { useText } from '../hooks/use-text';
import { problemWords } from './ProblemNotice';

/** Downloads a file of a logged mail; says so when that fails. */
export const useSaveAttachment = (): Submission<Attachment> => {
  const text = useText();
  const { toggleNotification } = useNotification();
  return useSubmit(
    async (client, file: Attachment) => {
      try {
        await saveAttachment(client, file);
      } catch (error) {
        const { message, nextStep } = problemWords(toProblem(error), text);
        toggleNotification({ type: 'danger', message: `${message} ${nextStep}` });
      }
    },
    () => undefined
  );
};
