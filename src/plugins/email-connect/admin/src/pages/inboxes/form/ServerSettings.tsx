import { useId } from 'react';
import { Box, Divider, Flex, TextButton } from '@strapi/design-system';
import { ChevronDown, ChevronUp } from '@strapi/icons';
import { useText } from '../../../hooks/use-text';
import type { DraftField, EmptyPassword, InboxDraft } from './inbox-draft';
import { LoginFields } from './LoginFields';
import { ServerFields } from './ServerFields';

interface ServerSettingsProps {
  draft: InboxDraft;
  onChange: (draft: InboxDraft) => void;
  faults: DraftField[];
  emptySmtpPassword: EmptyPassword;
  isOpen: boolean;
  onToggle: () => void;
}

/** All server settings, folded while the provider's settings are known. */
export const ServerSettings = ({ isOpen, onToggle, ...fields }: ServerSettingsProps) => {
  const text = useText();
  const contentId = useId();
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Box>
        <TextButton
          onClick={onToggle}
          aria-expanded={isOpen}
          aria-controls={contentId}
          endIcon={isOpen ? <ChevronUp /> : <ChevronDown />}
        >
          {text('form.servers')}
        </TextButton>
      </Box>
      <Box id={contentId} hidden={!isOpen}>
        {isOpen ? (
          <Flex direction="column" alignItems="stretch" gap={5}>
            <ServerFields side="imap" {...fields} />
            <ServerFields side="smtp" {...fields} />
            <Divider />
            <LoginFields {...fields} />
          </Flex>
        ) : null}
      </Box>
    </Flex>
  );
};
