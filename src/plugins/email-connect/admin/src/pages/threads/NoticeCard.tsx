import { memo, useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { Check, Clock, Information, WarningCircle } from '@strapi/icons';
import type { MessageSummary } from '../../../../shared/contracts/message';
import type { NoticeTone } from '../../components/kit/Notice';
import { RelativeTime } from '../../components/time/RelativeTime';
import { useText } from '../../hooks/use-text';
import { MessageBody } from './MessageBody';
import { MessageContent } from './MessageContent';
import { nameOf, timeOf } from './message-words';
import { RemoveMessage } from './RemoveMessage';
import { WhyHere } from './WhyHere';

type Kind = NonNullable<MessageSummary['notice']>;

const looks: Record<Kind, { icon: typeof Check; tone: NoticeTone }> = {
  bounce: { icon: WarningCircle, tone: 'danger' },
  delay: { icon: Clock, tone: 'warning' },
  complaint: { icon: WarningCircle, tone: 'warning' },
  receipt: { icon: Check, tone: 'success' },
  'auto-reply': { icon: Information, tone: 'neutral' },
};

interface NoticeCardProps {
  message: MessageSummary;
  kind: Kind;
  /** The message that the notice is about; null when it is not here. */
  about: MessageSummary | null;
  onRemoved: (documentId: string) => void;
}

const NoticeDetails = ({ message, onRemoved }: Omit<NoticeCardProps, 'kind' | 'about'>) => (
  <Flex direction="column" alignItems="stretch" gap={3} paddingTop={3}>
    <MessageContent message={message}>{(whole) => <MessageBody message={whole} />}</MessageContent>
    <Flex gap={4} alignItems="flex-start">
      <WhyHere message={message} />
      <RemoveMessage message={message} onRemoved={onRemoved} />
    </Flex>
  </Flex>
);

const PlainNoticeCard = ({ message, kind, about, onRemoved }: NoticeCardProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { icon: Icon, tone } = looks[kind];
  return (
    <Box
      tag="aside"
      aria-label={text(`message.notice.${kind}`)}
      background={`${tone}100`}
      borderColor={`${tone}200`}
      hasRadius
      paddingTop={2}
      paddingBottom={2}
      paddingLeft={6}
      paddingRight={6}
    >
      <Flex justifyContent="space-between" gap={4}>
        <Flex gap={3} minWidth={0}>
          <Box color={`${tone}600`} aria-hidden style={{ flexShrink: 0 }}>
            <Icon />
          </Box>
          <Typography fontWeight="semiBold" style={{ whiteSpace: 'nowrap' }}>
            {text(`message.notice.${kind}`)}
          </Typography>
          <Typography textColor="neutral600" ellipsis>
            {about === null
              ? text('notice.from', { from: nameOf(message.from), preview: message.preview })
              : text('notice.about', { preview: about.preview })}
          </Typography>
        </Flex>
        <Flex gap={3} shrink={0}>
          <Typography variant="pi" textColor="neutral600">
            <RelativeTime at={timeOf(message)} />
          </Typography>
          <TextButton aria-expanded={isOpen} onClick={() => setIsOpen((before) => !before)}>
            {text(isOpen ? 'notice.close' : 'notice.open')}
          </TextButton>
        </Flex>
      </Flex>
      {isOpen ? <NoticeDetails message={message} onRemoved={onRemoved} /> : null}
    </Box>
  );
};

/** P6: an automatic message, as a line between the letters: it is not an answer, and must not look like one. */
export const NoticeCard = memo(PlainNoticeCard);
