import { Flex, Divider } from '@strapi/design-system';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { WriteButton } from '../components/composer/WriteButton';
import { LatestAttachments } from './LatestAttachments';
import { LatestThreads } from './LatestThreads';
import { PausedState } from './PausedState';

/** Whether logging is paused, write, the latest conversations, the latest files. Lists load anew by the news of what was sent. */
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
