import { Flex, Divider } from '@strapi/design-system';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { WriteButton } from '../components/composer/WriteButton';
import { LatestAttachments } from './LatestAttachments';
import { LatestThreads } from './LatestThreads';

/** Write, the latest conversations, the latest files. Lists load anew by the news of what was sent. */
export const ContactPanelContent = (contact: ContactRef) => (
  <Flex direction="column" alignItems="stretch" gap={4} width="100%">
    <LatestThreads
      {...contact}
      renderAction={(reload) => <WriteButton contact={contact} onSent={reload} fullWidth />}
    />
    <Divider />
    <LatestAttachments {...contact} />
  </Flex>
);
