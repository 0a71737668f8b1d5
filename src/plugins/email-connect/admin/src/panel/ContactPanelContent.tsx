import { Flex, Divider } from '@strapi/design-system';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { WriteButton } from '../components/composer/WriteButton';
import { LatestAttachments } from './LatestAttachments';
import { LatestThreads } from './LatestThreads';
import { PausedState } from './PausedState';

/** The pause, a button to write, the latest conversations, the latest files. News of sent mail load the lists anew. */
export const ContactPanelContent = (contact: ContactRef) => (
  <Flex direction="column" alignItems="stretch" gap={4} width="100%">
    <PausedState {...contact} />
    <LatestThreads
      {...contact}
      renderAction={(reload) => <WriteButton contact={contact} onSent={reload} fullWidth />}
    />
    <Divider />
    <LatestAttachments {...contact} />
  </Flex>
);
