import { useRef } from 'react';
import { Button, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross, Paperclip } from '@strapi/icons';
import { useFileSize } from '../../hooks/use-file-size';
import { useText } from '../../hooks/use-text';

interface FileFieldProps {
  files: File[];
  onChange: (files: File[]) => void;
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

/** Files to go along, each with its size and a way to take it out again. */
export const FileField = ({ files, onChange }: FileFieldProps) => {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const add = (chosen: FileList | null): void => {
    onChange([...files, ...(chosen ?? [])]);
    // Else the browser does not tell when the same file is chosen again.
    if (input.current !== null) input.current.value = '';
  };
  return (
    <Flex direction="column" alignItems="flex-start" gap={2}>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={text('compose.files')}
        onChange={(event) => add(event.target.files)}
      />
      <Button variant="tertiary" size="S" startIcon={<Paperclip />} onClick={() => input.current?.click()}>
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
    </Flex>
  );
};
