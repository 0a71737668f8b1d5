import type { Attachment } from '../../../../shared/contracts/attachment';
import { saveAttachment } from '../../api/attachments';
import { useOverrides } from '../../hooks/use-overrides';
import { useSubmit, type Submission } from '../../hooks/use-submit';
import { useNotifyFailure } from '../kit/use-notify-failure';

/** Downloads a file of a logged mail; notifies the user when that fails. */
export const useSaveAttachment = (): Submission<Attachment> => {
  const notifyFailure = useNotifyFailure();
  const overrides = useOverrides();
  return useSubmit(
    async (client, file: Attachment) => {
      try {
        await saveAttachment(client, file, overrides);
      } catch (error) {
        notifyFailure(error);
      }
    },
    () => undefined
  );
};
