import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { Notice } from '../../components/kit/Notice';
import { useText } from '../../hooks/use-text';

interface NewcomerProps {
  message: MessageSummary;
}

/** The stronger first. */
const newcomerMarks = ['borrowed-name', 'new-address'] as const;
const markOf = ({ marks }: MessageSummary) => newcomerMarks.find((mark) => marks.includes(mark));
const tones = { 'borrowed-name': 'danger', 'new-address': 'warning' } as const;

/** S44: an author who is new to the conversation, with the address: any name may stand before it. */
export const NewcomerMark = ({ message }: NewcomerProps) => {
  const text = useText();
  const mark = markOf(message);
  if (mark === undefined) return null;
  const color = `${tones[mark]}700`;
  return (
    <Flex gap={2} paddingTop={2} alignItems="flex-start">
      <Box color={color} aria-hidden style={{ flexShrink: 0, paddingTop: '1px' }}>
        <WarningCircle />
      </Box>
      <Typography variant="pi" fontWeight="bold" textColor={color} style={{ overflowWrap: 'anywhere' }}>
        {text(`message.mark.${mark}`, { address: message.from.address })}
      </Typography>
    </Flex>
  );
};

/** What that means, where the mail is open. */
export const NewcomerNotice = ({ message }: NewcomerProps) => {
  const text = useText();
  const mark = markOf(message);
  return mark === undefined ? null : (
    <Notice
      tone="warning"
      title={text(`message.mark.${mark}.explained`, { address: message.from.address })}
    />
  );
};
