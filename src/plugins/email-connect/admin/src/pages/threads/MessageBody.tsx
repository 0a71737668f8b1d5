import { useMemo, useState } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { splitQuoted } from '../../../../shared/text/split-quoted';
import { useText } from '../../hooks/use-text';
import { isPlainHtml } from './mail-frame';
import { MailFrame } from './MailFrame';

const Words = ({ children, isQuiet = false }: { children: string; isQuiet?: boolean }) => (
  <Typography
    tag="p"
    textColor={isQuiet ? 'neutral600' : 'neutral800'}
    style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
  >
    {children}
  </Typography>
);

/** Plain text, with the history that it quotes and its signature folded. */
const PlainText = ({ children }: { children: string }) => {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const { fresh, quoted } = useMemo(() => splitQuoted(children), [children]);
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <Words>{fresh}</Words>
      {quoted === '' ? null : (
        <Box>
          <Button
            variant="ghost"
            size="S"
            aria-expanded={isOpen}
            onClick={() => setIsOpen((before) => !before)}
          >
            {text('message.quoted-or-signature')}
          </Button>
        </Box>
      )}
      {isOpen ? <Words isQuiet>{quoted}</Words> : null}
    </Flex>
  );
};

/** The content of a message: its HTML if that shows more than its text, else the text. */
export const MessageBody = ({ message }: { message: Message }) => {
  const text = useText();
  const { html } = message;
  const needsFrame = useMemo(() => html !== '' && !isPlainHtml(html), [html]);
  if (needsFrame) return <MailFrame message={message} />;
  return message.text === '' ? (
    <Words isQuiet>{text('message.empty')}</Words>
  ) : (
    <PlainText>{message.text}</PlainText>
  );
};
