import { useCallback, useState } from 'react';
import { Box, EmptyStateLayout } from '@strapi/design-system';
import { EmptyPictures } from '@strapi/icons/symbols';
import type { ContactRef } from '../../../../shared/contracts/contact-ref';
import { loadAttachments } from '../../api/attachments';
import type { Client } from '../../api/client';
import { Pager, pageSize } from '../../components/kit/Pager';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useNews } from '../../hooks/use-news';
import { useText } from '../../hooks/use-text';
import { AttachmentTable } from './AttachmentTable';

/** S29: every file of a contact's mail, the latest first. */
export const AttachmentsTab = ({ contactType, documentId }: ContactRef) => {
  const text = useText();
  const [start, setStart] = useState(0);
  const attachments = useLoad(
    useCallback(
      (client: Client) => loadAttachments(client, { contactType, documentId }, { start, limit: pageSize }),
      [contactType, documentId, start]
    )
  );
  useNews({ about: 'contact', contact: { contactType, documentId } }, attachments.refresh);
  return (
    <WhenLoaded loaded={attachments}>
      {({ attachments: list, total }) =>
        list.length === 0 ? (
          <EmptyStateLayout icon={<EmptyPictures width="16rem" />} content={text('attachments.empty')} />
        ) : (
          <Box>
            <AttachmentTable attachments={list} />
            <Pager start={start} total={total} onStart={setStart} />
          </Box>
        )
      }
    </WhenLoaded>
  );
};
