import { Button, Flex, Typography } from '@strapi/design-system';
import { Download, FileError } from '@strapi/icons';
import type { Attachment } from '../../../shared/contracts/attachment';
import { useFileSize } from '../hooks/use-file-size';
import { useText } from '../hooks/use-text';
import { shortFileName } from './short-file-name';
import { useSaveAttachment } from './use-save-attachment';

/** S29: a file that is not here: its name, and why. */
const Placeholder = ({ file }: { file: Attachment & { state: 'too-large' | 'failed' } }) => {
  const text = useText();
  const size = useFileSize();
  return (
    <Flex gap={2} background="warning100" hasRadius padding={2}>
      <FileError aria-hidden />
      <Typography variant="pi" textColor="neutral800">
        {text(`attachment.${file.state}`, { name: file.fileName, size: size(file.size) })}
      </Typography>
    </Flex>
  );
};

/** A file with its size; a click downloads it. */
export const AttachmentChip = ({ file }: { file: Attachment }) => {
  const text = useText();
  const size = useFileSize();
  const { submit, isSubmitting } = useSaveAttachment();
  const { state } = file;
  if (state !== 'stored') return <Placeholder file={{ ...file, state }} />;
  return (
    <Button
      variant="tertiary"
      size="S"
      startIcon={<Download />}
      loading={isSubmitting}
      onClick={() => submit(file)}
      aria-label={text('attachment.download', { name: file.fileName })}
      title={file.fileName}
      style={{ maxWidth: '100%' }}
    >
      {`${shortFileName(file.fileName)} · ${size(file.size)}`}
    </Button>
  );
};
