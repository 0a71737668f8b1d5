import { Field, Grid, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { sentCopyMode, type InboxFolderAnswer } from '../../../../../shared/contracts/inbox';
import { useText } from '../../../hooks/use-text';
import { withSentCopy, type FoldersDraft } from './folder-choice';

interface SentCopyFieldsProps {
  folders: InboxFolderAnswer[];
  choice: FoldersDraft;
  canChange: boolean;
  onChange: (choice: FoldersDraft) => void;
}

/** S8, S9: who puts the one copy of a sent mail into which folder. */
export const SentCopyFields = ({ folders, choice, canChange, onChange }: SentCopyFieldsProps) => {
  const text = useText();
  return (
    <Grid.Root gap={4}>
      <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
        <Field.Root width="100%" hint={text(`sent-copy.${choice.sentCopy}.hint`)}>
          <Field.Label>{text('sent-copy.title')}</Field.Label>
          <SingleSelect
            value={choice.sentCopy}
            disabled={!canChange}
            onChange={(chosen) => {
              const mode = sentCopyMode.safeParse(chosen).data;
              if (mode !== undefined) onChange(withSentCopy(choice, mode, folders));
            }}
          >
            {sentCopyMode.options.map((mode) => (
              <SingleSelectOption key={mode} value={mode}>
                {text(`sent-copy.${mode}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
      </Grid.Item>
      {choice.sentCopy === 'none' ? null : (
        <Grid.Item col={6} s={12} xs={12} alignItems="flex-start">
          <Field.Root width="100%">
            <Field.Label>{text('sent-copy.folder')}</Field.Label>
            <SingleSelect
              value={choice.sentFolderPath ?? undefined}
              placeholder={text('sent-copy.folder.choose')}
              disabled={!canChange}
              onChange={(folderPath) => onChange({ ...choice, sentFolderPath: String(folderPath) })}
            >
              {folders.map(({ folderPath }) => (
                <SingleSelectOption key={folderPath} value={folderPath}>
                  {folderPath}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        </Grid.Item>
      )}
    </Grid.Root>
  );
};
