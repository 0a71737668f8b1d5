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
/** S44: anybody may have written it: it looks like nothing that happened. */
const unproven: (typeof looks)[Kind] = { icon: Information, tone: 'neutral' };

interface NoticeCardProps {
  message: MessageSummary;
  kind: Kind;
  /** The message that the notice is about; null when it is not here. */
  about: MessageSummary | null;
  onRemoved: (documentId: string) => void;
}

const NoticeDetails = ({ message, onRemoved }: Omit<NoticeCardProps, 'kind' | 'about'>) => {
  const text = useText();
  return (
    <Flex direction="column" alignItems="stretch" gap={3} paddingTop={3}>
      {message.marks.includes('unproven') ? (
        <Typography>{text('notice.unproven.explained', { from: message.from.address })}</Typography>
      ) : null}
      <MessageContent message={message}>{(whole) => <MessageBody message={whole} />}</MessageContent>
      <Flex gap={4} alignItems="flex-start">
        <WhyHere message={message} />
        <RemoveMessage message={message} onRemoved={onRemoved} />
      </Flex>
    </Flex>
  );
};

const PlainNoticeCard = ({ message, kind, about, onRemoved }: NoticeCardProps) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const isProven = !message.marks.includes('unproven');
  const { icon: Icon, tone } = isProven ? looks[kind] : unproven;
  const title = text(isProven ? `message.notice.${kind}` : 'message.notice.unproven', {
    notice: text(`message.notice.${kind}`),
  });
  return (
    <Box
      tag="aside"
      aria-label={title}
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
            {title}
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
