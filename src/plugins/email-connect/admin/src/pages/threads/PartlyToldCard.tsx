import { memo } from 'react';
import { Box, Flex, Typography } from '@strapi/design-system';
import { Lock, Paperclip } from '@strapi/icons';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { subjectWords } from '../../components/threads/subject-words';
import { RelativeTime } from '../../components/time/RelativeTime';
import { useText } from '../../hooks/use-text';
import { Avatar } from './Avatar';
import { nameOf, timeOf } from './message-words';
import { Participants } from './Participants';

interface PartlyToldCardProps {
  message: MessageSummary;
  level: 'facts' | 'subject';
}

/** What is told of it besides its facts. Its files cannot be opened. */
const SubjectAndFiles = ({ message }: { message: MessageSummary }) => {
  const text = useText();
  const { subject, attachments } = message;
  return (
    <>
      <Typography fontWeight="semiBold" style={{ overflowWrap: 'anywhere' }}>
        {subjectWords(subject, text)}
      </Typography>
      {attachments.length === 0 ? null : (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={1} aria-label={text('message.files')}>
          {attachments.map(({ documentId, fileName }) => (
            <Flex tag="li" key={documentId} gap={2} color="neutral600">
              <Paperclip aria-hidden style={{ flexShrink: 0 }} />
              <Typography variant="pi" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
                {fileName}
              </Typography>
            </Flex>
          ))}
        </Flex>
      )}
    </>
  );
};

const PlainPartlyToldCard = ({ message, level }: PartlyToldCardProps) => {
  const text = useText();
  const from = nameOf(message.from);
  return (
    <Box
      tag="article"
      aria-label={text('message.label', { from })}
      background="neutral0"
      hasRadius
      shadow="tableShadow"
      paddingLeft={6}
      paddingRight={6}
      paddingTop={4}
      paddingBottom={5}
    >
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" wrap="wrap" gap={2}>
          <Flex gap={3} minWidth={0}>
            <Avatar name={from} isOwn={message.direction === 'outgoing'} />
            <Typography fontWeight="bold" style={{ overflowWrap: 'anywhere' }}>
              {from}
            </Typography>
          </Flex>
          <Typography variant="pi" textColor="neutral600">
            {text(`direction.${message.direction}`)}, <RelativeTime at={timeOf(message)} />
          </Typography>
        </Flex>
        <Participants message={message} />
        {level === 'subject' ? <SubjectAndFiles message={message} /> : null}
        <Flex gap={2} alignItems="flex-start" color="neutral600">
          <Lock aria-hidden style={{ flexShrink: 0, marginTop: '2px' }} />
          <Typography textColor="neutral600">{text(`message.told.${level}`)}</Typography>
        </Flex>
      </Flex>
    </Box>
  );
};

/** S42: a message that is not told in full: no text, no preview, and nothing to do with it. */
export const PartlyToldCard = memo(PlainPartlyToldCard);
