import { useCallback, useId } from 'react';
import { Box, Flex, Link, Typography } from '@strapi/design-system';
import { NavLink } from 'react-router-dom';
import type { OutgoingMail } from '../../../../../shared/contracts/outgoing';
import type { Client } from '../../../api/client';
import { loadOutgoing } from '../../../api/outgoing';
import { subjectWords } from '../../../components/threads/subject-words';
import { DeliveryBadge } from '../../../components/threads/DeliveryBadge';
import { RelativeTime } from '../../../components/time/RelativeTime';
import { Row } from '../../../components/kit/Row';
import { WhenLoaded } from '../../../components/kit/WhenLoaded';
import { useLoad } from '../../../hooks/use-load';
import { useNews } from '../../../hooks/use-news';
import { useText } from '../../../hooks/use-text';
import { pagePath } from '../../../plugin-id';
import { firstRecipients } from './first-recipients';

const OutgoingRow = ({ mail }: { mail: OutgoingMail }) => {
  const text = useText();
  const { names, more } = firstRecipients(mail.to);
  return (
    <Row>
      <Flex direction="column" alignItems="flex-start" gap={1} style={{ overflowWrap: 'anywhere' }}>
        <Flex gap={2} wrap="wrap">
          <Link tag={NavLink} to={pagePath(`threads/${mail.threadDocumentId}`)}>
            {subjectWords(mail.subject, text)}
          </Link>
          <DeliveryBadge status={mail.deliveryStatus} />
        </Flex>
        <Typography variant="pi" textColor="neutral600">
          {text('sending.to', { names, more })} · <RelativeTime at={mail.queuedAt} />
        </Typography>
        {mail.failureMessage === '' ? null : (
          <Typography variant="pi" textColor="neutral800">
            {mail.failureMessage}
          </Typography>
        )}
      </Flex>
    </Row>
  );
};

/** S4, S51: each mail that may not have gone out, and mail refused lately. Renders nothing if there is none. */
export const OutgoingList = ({ inboxDocumentId }: { inboxDocumentId: string }) => {
  const text = useText();
  const titleId = useId();
  const outgoing = useLoad(
    useCallback((client: Client) => loadOutgoing(client, inboxDocumentId), [inboxDocumentId])
  );
  useNews({ about: 'inbox', inboxDocumentId }, outgoing.refresh);
  if (outgoing.value === null && outgoing.problem === null) return null;
  return (
    <WhenLoaded loaded={outgoing}>
      {(mails) =>
        mails.length === 0 ? null : (
          <Box paddingTop={4}>
            <Typography id={titleId} tag="h3" variant="sigma" textColor="neutral600">
              {text('sending.list')}
            </Typography>
            <Box tag="ul" aria-labelledby={titleId} paddingTop={3}>
              {mails.map((mail) => (
                <OutgoingRow key={mail.messageDocumentId} mail={mail} />
              ))}
            </Box>
          </Box>
        )
      }
    </WhenLoaded>
  );
};
