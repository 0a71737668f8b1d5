import { useCallback } from 'react';
import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { ContactRef } from '../../../shared/contracts/contact-ref';
import { loadAttachments } from '../api/attachments';
import type { Client } from '../api/client';
import { AttachmentChip } from '../components/files/AttachmentChip';
import { WhenLoaded } from '../components/kit/WhenLoaded';
import { useLoad } from '../hooks/use-load';
import { useNews } from '../hooks/use-news';
import { useText } from '../hooks/use-text';
import { recordPath } from '../plugin-id';

const shownFiles = 4;

export const LatestAttachments = ({ contactType, documentId }: ContactRef) => {
  const text = useText();
  const attachments = useLoad(
    useCallback(
      (client: Client) =>
        loadAttachments(client, { contactType, documentId }, { start: 0, limit: shownFiles }),
      [contactType, documentId]
    )
  );
  useNews({ about: 'contact', contact: { contactType, documentId } }, attachments.refresh);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Typography variant="sigma" textColor="neutral600" tag="h3">
        {text('attachments.title')}
      </Typography>
      <WhenLoaded loaded={attachments}>
        {({ attachments: list, total }) =>
          list.length === 0 ? (
            <Typography textColor="neutral600">{text('panel.no-attachments')}</Typography>
          ) : (
            <>
              <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
                {list.map((file) => (
                  <Box tag="li" key={file.documentId} maxWidth="100%">
                    <AttachmentChip file={file} />
                  </Box>
                ))}
              </Flex>
              <Link tag={NavLink} to={`${recordPath(contactType, documentId)}?tab=attachments`}>
                {text('panel.all-attachments', { count: total })}
              </Link>
            </>
          )
        }
      </WhenLoaded>
    </Flex>
  );
};
