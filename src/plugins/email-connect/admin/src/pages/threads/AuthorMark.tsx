import { Box, Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import type { MessageSummary } from '../../../../shared/contracts/message';
import { Notice } from '../../components/kit/Notice';
import { useText } from '../../hooks/use-text';
import { authorWarning } from './author-warning';

interface AuthorProps {
  message: MessageSummary;
}

/** The text colours that tell the two apart; the yellow of warnings is too light to be read on white. */
const textColors = { danger: 'danger700', warning: 'neutral800' } as const;

/** S44: whether the author is new to the conversation, or not who they say. */
export const AuthorMark = ({ message }: AuthorProps) => {
  const text = useText();
  const warning = authorWarning(message);
  if (warning === null) return null;
  const { key, tone } = warning.line;
  return (
    <Flex gap={2} paddingTop={2} alignItems="flex-start">
      <Box color={`${tone}700`} aria-hidden style={{ flexShrink: 0, paddingTop: '1px' }}>
        <WarningCircle />
      </Box>
      <Typography
        variant="pi"
        fontWeight="bold"
        textColor={textColors[tone]}
        style={{ overflowWrap: 'anywhere' }}
      >
        {text(key, warning.values)}
      </Typography>
    </Flex>
  );
};

/** What that means, where the mail is open. */
export const AuthorNotice = ({ message }: AuthorProps) => {
  const text = useText();
  const warning = authorWarning(message);
  if (warning === null) return null;
  return (
    <Notice tone={warning.tone} title={text(warning.title, warning.values)}>
      {warning.more.map((key) => (
        <Typography key={key} textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {text(key, warning.values)}
        </Typography>
      ))}
    </Notice>
  );
};
