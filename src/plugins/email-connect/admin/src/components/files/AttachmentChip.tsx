import { Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Download, File, FileCsv, FilePdf, FileXls, FileZip, Image } from '@strapi/icons';
import { styled } from 'styled-components';
import type { Attachment } from '../../../../shared/contracts/attachment';
import { useFileSize } from '../../hooks/use-file-size';
import { useText } from '../../hooks/use-text';
import { fileKind, type FileKind } from './file-kind';
import { FilePlaceholder } from './FilePlaceholder';
import { shortFileName } from './short-file-name';
import { useSaveAttachment } from './use-save-attachment';

const icons: Record<FileKind, typeof File> = {
  archive: FileZip,
  csv: FileCsv,
  image: Image,
  other: File,
  pdf: FilePdf,
  sheet: FileXls,
};

const FileButton = styled.button`
  display: flex;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[3]};
  max-width: 100%;
  padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral600};
  text-align: start;
  cursor: pointer;

  svg {
    flex-shrink: 0;
  }

  &:hover,
  &:focus-visible {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary600};
  }

  &:disabled {
    cursor: progress;
    opacity: 0.6;
  }
`;

/** A file with its size; a click downloads it. */
export const AttachmentChip = ({ file }: { file: Attachment }) => {
  const text = useText();
  const size = useFileSize();
  const { submit, isSubmitting } = useSaveAttachment();
  const { state } = file;
  if (state !== 'stored') return <FilePlaceholder file={{ ...file, state }} />;
  const Icon = icons[fileKind(file.contentType)];
  return (
    <FileButton
      type="button"
      disabled={isSubmitting}
      onClick={() => submit(file)}
      title={text('attachment.download', { name: file.fileName })}
    >
      <VisuallyHidden>{text('attachment.download.word')} </VisuallyHidden>
      <Icon aria-hidden width="2rem" height="2rem" />
      <Flex direction="column" alignItems="flex-start" minWidth={0}>
        <Typography variant="pi" fontWeight="semiBold" textColor="neutral800" ellipsis maxWidth="100%">
          {shortFileName(file.fileName)}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {size(file.size)}
        </Typography>
      </Flex>
      <Download aria-hidden style={{ marginInlineStart: 'auto' }} />
    </FileButton>
  );
};
