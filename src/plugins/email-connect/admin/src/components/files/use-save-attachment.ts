import type { Attachment } from '../../../../shared/contracts/attachment';
import { saveAttachment } from '../../api/attachments';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import { useNotifyFailure } from '../kit/use-notify-failure';

/** Downloads a file of a logged mail; notifies the user when that fails. */
export const useSaveAttachment = (): Submission<Attachment> => {
  const notifyFailure = useNotifyFailure();
  return useSubmit(
    async (client, file: Attachment) => {
      try {
        await saveAttachment(client, file);
      } catch (error) {
        notifyFailure(error);
      }
    },
    () => undefined
  );
};
