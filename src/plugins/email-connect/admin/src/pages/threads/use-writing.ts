import { useCallback, useState } from 'react';
import { useNotification } from '@strapi/strapi/admin';
import type { MessageSummary } from '../../../../shared/contracts/message';
import type { Client } from '../../api/client';
import { loadMessage } from '../../api/messages';
import { useNotifyFailure } from '../../components/kit/use-notify-failure';
import { useSubmit } from '../../hooks/use-submit';
import { useText } from '../../hooks/use-text';
import { answeredAgain, newestAnswerable } from './answerable';
import { loadAnswerable } from './load-answerable';
import type { LoadedMessages } from './message-pages';
import type { Writing } from './writing';

/** The button that was pressed. */
type Begun = { kind: 'reply' | 'reply-all' } | { kind: 'again'; failed: MessageSummary };

export interface WritingState {
  writing: Writing | null;
  /** What the composer needs is being loaded. */
  isPreparing: boolean;
  reply: (kind: 'reply' | 'reply-all') => void;
  /** Edits a mail that did not go out. */
  edit: (failed: MessageSummary) => void;
  close: () => void;
}

/** null: nothing in this conversation can be answered. */
const prepare = async (
  client: Client,
  threadDocumentId: string,
  { messages, earlier }: LoadedMessages,
  begun: Begun
): Promise<Writing | null> => {
  if (begun.kind === 'again') {
    const answered =
      answeredAgain(messages, begun.failed) ?? (await loadAnswerable(client, threadDocumentId, earlier));
    return { kind: 'again', answered, failed: await loadMessage(client, begun.failed.documentId) };
  }
  const answered = newestAnswerable(messages) ?? (await loadAnswerable(client, threadDocumentId, earlier));
  return answered === undefined ? null : { kind: begun.kind, answered };
};

/** The text that is being written in a conversation, with the messages that have to be loaded for it first. */
export const useWriting = (threadDocumentId: string, loaded: LoadedMessages): WritingState => {
  const text = useText();
  const notifyFailure = useNotifyFailure();
  const { toggleNotification } = useNotification();
  const [writing, setWriting] = useState<Writing | null>(null);
  const { submit, isSubmitting } = useSubmit(
    async (client, begun: Begun) => {
      try {
        return { prepared: await prepare(client, threadDocumentId, loaded, begun) };
      } catch (error) {
        notifyFailure(error);
        return null;
      }
    },
    (outcome) => {
      if (outcome === null) return;
      if (outcome.prepared === null) toggleNotification({ type: 'info', message: text('reply.nothing') });
      // A text that was begun meanwhile is not lost.
      setWriting((before) => before ?? outcome.prepared);
    }
  );
  return {
    writing,
    isPreparing: isSubmitting,
    reply: useCallback((kind) => submit({ kind }), [submit]),
    edit: useCallback((failed) => submit({ kind: 'again', failed }), [submit]),
    close: useCallback(() => setWriting(null), []),
  };
};
