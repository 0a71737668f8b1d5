import { useState } from 'react';
import { Button, Flex, Typography } from '@strapi/design-system';
import { useNotification } from '@strapi/strapi/admin';
import type { InboxWithFolders } from '../../../../../shared/contracts/inbox';
import { chooseFolders } from '../../../api/inboxes';
import { ProblemNotice } from '../../../components/kit/ProblemNotice';
import { Section } from '../../../components/kit/Section';
import { useSubmit } from '../../../hooks/use-submit';
import { useText } from '../../../hooks/use-text';
import { choiceOf, isSameChoice, isWholeChoice, withRole, type FoldersDraft } from './folder-choice';
import { FolderTable } from './FolderTable';
import { SentCopyFields } from './SentCopyFields';

interface FoldersSectionProps {
  inbox: InboxWithFolders;
  canChange: boolean;
  onChanged: () => void;
}

/** The role of each folder, how far each is complete, and where the copy of sent mail goes. */
export const FoldersSection = ({ inbox, canChange, onChanged }: FoldersSectionProps) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  // null: nothing was changed here, so the server's value is shown.
  const [changed, setChanged] = useState<FoldersDraft | null>(null);
  const choice = changed ?? choiceOf(inbox);
  const save = useSubmit(
    (client, request: FoldersDraft) => chooseFolders(client, inbox.documentId, request),
    () => {
      setChanged(null);
      toggleNotification({ type: 'success', message: text('folders.saved') });
      onChanged();
    }
  );
  const isChanged = !isSameChoice(choice, choiceOf(inbox));
  return (
    <Section
      title={text('folders.title')}
      subtitle={text('folders.subtitle')}
      action={
        canChange ? (
          <Button
            variant="secondary"
            disabled={!isChanged || !isWholeChoice(choice)}
            loading={save.isSubmitting}
            onClick={() => save.submit(choice)}
          >
            {text('folders.save')}
          </Button>
        ) : undefined
      }
    >
      <Flex direction="column" alignItems="stretch" gap={6}>
        {save.problem === null ? null : <ProblemNotice problem={save.problem} />}
        {inbox.folders.length === 0 ? (
          <Typography textColor="neutral600">{text('folders.empty')}</Typography>
        ) : (
          <FolderTable
            folders={inbox.folders}
            choice={choice}
            canChange={canChange}
            onRole={(folderPath, role) => setChanged(withRole(choice, folderPath, role))}
          />
        )}
        <SentCopyFields folders={inbox.folders} choice={choice} canChange={canChange} onChange={setChanged} />
      </Flex>
    </Section>
  );
};
