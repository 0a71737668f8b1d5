import { useMemo } from 'react';
import { Flex, Typography } from '@strapi/design-system';
import type { Message } from '../../../../shared/contracts/message';
import { splitQuoted } from '../../../../shared/text/split-quoted';
import { useText } from '../../hooks/use-text';
import { foldQuotes } from './fold-quotes';
import { guessFrameHeightPx, hasRemoteImages, mailFrameDocument } from './mail-frame';
import { useFrameHeight } from './use-frame-height';
import { useHtmlWithImages } from './use-html-with-images';

/**
 * A mail's HTML, in a frame that can run no script and load nothing (S24). It has this page's origin, so that it can
 * be measured; without `allow-scripts` and under its policy nothing in it can exploit that.
 */
export const MailFrame = ({ message }: { message: Message }) => {
  const text = useText();
  const html = useHtmlWithImages(message);
  const label = text('message.quoted');
  const page = useMemo(() => mailFrameDocument(foldQuotes(html, label)), [html, label]);
  const guessPx = useMemo(() => guessFrameHeightPx(splitQuoted(message.text).fresh), [message.text]);
  const { heightPx, onLoad } = useFrameHeight(guessPx);
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <iframe
        title={text('message.frame', { from: message.from.displayName || message.from.address })}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={page}
        onLoad={onLoad}
        style={{ display: 'block', width: '100%', height: `${heightPx}px`, border: 0, background: '#fff' }}
      />
      {hasRemoteImages(message.html) ? (
        <Typography variant="pi" textColor="neutral600">
          {text('message.remote-images')}
        </Typography>
      ) : null}
    </Flex>
  );
};
