import { useRef } from 'react';
import { Box, Button, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross, Paperclip } from '@strapi/icons';
import { useFileSize } from '../../hooks/use-file-size';
import { useText } from '../../hooks/use-text';

interface FileFieldProps {
  files: File[];
  onChange: (files: File[]) => void;
  /** The limit for a mail with its files. */
  limitBytes: number;
  isTooLarge: boolean;
}

const ChosenFile = ({ file, onRemove }: { file: File; onRemove: () => void }) => {
  const text = useText();
  const size = useFileSize();
  return (
    <Flex tag="li" gap={2} maxWidth="100%" background="neutral100" hasRadius paddingLeft={3} paddingRight={1}>
      <Typography ellipsis>{file.name}</Typography>
      <Typography variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
        {size(file.size)}
      </Typography>
      <IconButton
        label={text('compose.remove-file', { name: file.name })}
        variant="ghost"
        size="XS"
        onClick={onRemove}
      >
        <Cross />
      </IconButton>
    </Flex>
  );
};

const sizeOf = (files: readonly File[]): number => files.reduce((sum, { size }) => sum + size, 0);

/**
 * Files to attach, each with its size and a button to remove it; a warning comes before the upload when they are too
 * large.
 */
export const FileField = ({ files, onChange, limitBytes, isTooLarge }: FileFieldProps) => {
  const text = useText();
  const size = useFileSize();
  const input = useRef<HTMLInputElement>(null);
  const add = (chosen: FileList | null): void => {
    onChange([...files, ...(chosen ?? [])]);
    // Otherwise the browser fires no event when the same file is chosen again.
    if (input.current !== null) input.current.value = '';
  };
  const total = size(sizeOf(files));
  const fault = isTooLarge
    ? text('compose.fault.files', { total, count: files.length, limit: size(limitBytes) })
    : undefined;
  return (
    <Field.Root error={fault}>
      <Flex direction="column" alignItems="flex-start" gap={2}>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={text('compose.files')}
          onChange={(event) => add(event.target.files)}
        />
        <Button
          name="files"
          variant="tertiary"
          size="S"
          startIcon={<Paperclip />}
          onClick={() => input.current?.click()}
        >
          {text('compose.attach')}
        </Button>
        {files.length === 0 ? null : (
          <Flex tag="ul" gap={2} wrap="wrap" width="100%">
            {files.map((file, index) => (
              <ChosenFile
                key={`${index}-${file.name}`}
                file={file}
                onRemove={() => onChange(files.filter((other) => other !== file))}
              />
            ))}
          </Flex>
        )}
        {files.length > 1 && !isTooLarge ? (
          <Typography variant="pi" textColor="neutral600">
            {text('compose.files.total', { total, count: files.length })}
          </Typography>
        ) : null}
        <Box aria-live="polite">
          <Field.Error />
        </Box>
      </Flex>
    </Field.Root>
  );
};
