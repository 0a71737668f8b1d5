import { useState } from 'react';
import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { useText } from '../../hooks/use-text';
import { frameHeightPx, hasRemoteImages, isPlainHtml, mailFrameDocument, mayBeCut } from './mail-frame';
import { useHtmlWithImages } from './use-html-with-images';

const expandedHeight = '80vh';

/** A mail's HTML, in a frame that can run nothing, reach nothing and load nothing. */
const MailFrame = ({ message }: { message: Message }) => {
  const text = useText();
  const html = useHtmlWithImages(message);
  const [isExpanded, setIsExpanded] = useState(false);
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <iframe
        title={text('message.frame', { from: message.from.displayName || message.from.address })}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={mailFrameDocument(html)}
        style={{
          width: '100%',
          height: isExpanded ? expandedHeight : `${frameHeightPx(message.text)}px`,
          border: 0,
          borderRadius: '4px',
          background: '#fff',
          resize: 'vertical',
        }}
      />
      {hasRemoteImages(message.html) ? (
        <Typography variant="pi" textColor="neutral600">
          {text('message.remote-images')}
        </Typography>
      ) : null}
      {mayBeCut(message.text, message.html) ? (
        <Box>
          <TextButton onClick={() => setIsExpanded((before) => !before)} aria-expanded={isExpanded}>
            {text(isExpanded ? 'message.show-less' : 'message.show-more')}
          </TextButton>
        </Box>
      ) : null}
    </Flex>
  );
};

/** What a message says: its HTML when that shows more than its text, else the text. */
export const MessageBody = ({ message }: { message: Message }) => {
  const text = useText();
  if (message.html !== '' && !isPlainHtml(message.html)) return <MailFrame message={message} />;
  return (
    <Typography
      tag="p"
      textColor={message.text === '' ? 'neutral600' : 'neutral800'}
      style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
    >
      {message.text === '' ? text('message.empty') : message.text}
    </Typography>
  );
};
