import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { FileError } from '@strapi/icons';
import { useIntl } from 'react-intl';
import type { Attachment } from '../../../../shared/contracts/attachment';
import { fetchAttachment } from '../../api/attachments';
import { useFileSize } from '../../hooks/use-file-size';
import { useNow } from '../../hooks/use-now';
import { useOverrides } from '../../hooks/use-overrides';
import { useText } from '../../hooks/use-text';
import { useNotifiedSubmit } from '../kit/use-notified-submit';
import { placeholderWords } from './placeholder-words';

/**
 * S29, S49: a file that is not stored: its name, the reason, when it is fetched again, and a button to fetch it now.
 */
export const FilePlaceholder = ({ file }: { file: Attachment & { state: 'too-large' | 'failed' } }) => {
  const text = useText();
  const size = useFileSize();
  const overrides = useOverrides();
  const { formatDate } = useIntl();
  // The answer to the button, until the page is loaded anew.
  const [asked, setAsked] = useState<{ of: Attachment; retryAt: string | null } | null>(null);
  const retryAt = asked?.of === file ? asked.retryAt : file.retryAt;
  const words = placeholderWords({ state: file.state, retryAt }, useNow());
  const { submit, isSubmitting } = useNotifiedSubmit({
    send: (client, of: Attachment) => fetchAttachment(client, of.documentId),
    doneWords: () => text('attachment.fetch.done'),
    onDone: (answer, of) => setAsked({ of, retryAt: answer.retryAt }),
  });
  return (
    <Flex gap={2} background="warning100" hasRadius padding={2} wrap="wrap">
      <FileError aria-hidden style={{ flexShrink: 0 }} />
      <Typography variant="pi" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {text(`attachment.${words}`, {
          name: file.fileName,
          size: size(file.size),
          time: retryAt === null ? '' : formatDate(retryAt, { dateStyle: 'medium', timeStyle: 'short' }),
        })}
      </Typography>
      {words === 'due' || overrides ? null : (
        <Button size="S" variant="tertiary" loading={isSubmitting} onClick={() => submit(file)}>
          {text('attachment.fetch')}
        </Button>
      )}
    </Flex>
  );
};
