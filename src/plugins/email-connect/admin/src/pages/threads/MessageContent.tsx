import { useCallback, type ReactNode } from 'react';
import type { Message, MessageSummary } from '../../../../shared/contracts/message';
import type { Client } from '../../api/client';
import { loadMessage } from '../../api/messages';
import { LateLoader } from '../../components/kit/LateLoader';
import { WhenLoaded } from '../../components/kit/WhenLoaded';
import { useLoad } from '../../hooks/use-load';
import { useOverrides } from '../../hooks/use-overrides';

interface MessageContentProps {
  message: MessageSummary;
  children: (message: Message) => ReactNode;
}

/** The content of a message, loaded when it is opened. Its state and its files come from the list. */
export const MessageContent = ({ message, children }: MessageContentProps) => {
  const { documentId } = message;
  const overrides = useOverrides();
  const whole = useLoad(
    useCallback((client: Client) => loadMessage(client, documentId, overrides), [documentId, overrides])
  );
  return (
    <WhenLoaded loaded={whole} waiting={<LateLoader />}>
      {({ text, html }) => children({ ...message, text, html })}
    </WhenLoaded>
  );
};
