import type { MessagePage, MessageSummary } from '../../../../shared/contracts/message';

/** The loaded part of a conversation: from some message to the newest. Oldest first. */
export type LoadedMessages = MessagePage;

const pageSize = 25;
const largestPage = 100;

/** How many of the newest messages are loaded anew: as many as are shown, within the limit of one request. */
export const reloadSize = (loaded: LoadedMessages | null): number =>
  Math.min(largestPage, Math.max(pageSize, loaded?.messages.length ?? 0));

/** The same object for an unchanged message, so that its card is not rendered again. */
const unlessSame = (
  loaded: readonly MessageSummary[],
  messages: readonly MessageSummary[]
): MessageSummary[] => {
  const before = new Map(loaded.map((message) => [message.documentId, message]));
  return messages.map((message) => {
    const known = before.get(message.documentId);
    return known !== undefined && JSON.stringify(known) === JSON.stringify(message) ? known : message;
  });
};

/** With the newest page loaded anew. Earlier messages stay, unless there may be a gap in between. */
export const withNewest = (loaded: LoadedMessages | null, page: MessagePage): LoadedMessages => {
  if (loaded === null) return page;
  const messages = unlessSame(loaded.messages, page.messages);
  const fresh = new Set(messages.map(({ documentId }) => documentId));
  const [oldest] = messages;
  const isJoined = loaded.messages.some(({ documentId }) => fresh.has(documentId));
  if (oldest === undefined || !isJoined) return { messages, earlier: page.earlier };
  const earlier = loaded.messages.filter(
    ({ documentId, receivedAt }) => !fresh.has(documentId) && receivedAt <= oldest.receivedAt
  );
  return earlier.length === 0
    ? { messages, earlier: page.earlier }
    : { messages: [...earlier, ...messages], earlier: loaded.earlier };
};

/** With the page before it, which was asked for with `before`. */
export const withEarlier = (
  loaded: LoadedMessages,
  { before, page }: { before: string; page: MessagePage }
): LoadedMessages => {
  if (loaded.earlier !== before) return loaded;
  const known = new Set(loaded.messages.map(({ documentId }) => documentId));
  const earlier = page.messages.filter(({ documentId }) => !known.has(documentId));
  return { messages: [...earlier, ...loaded.messages], earlier: page.earlier };
};

/** With the present state of one message, wherever it is in the list. */
export const withMessage = (loaded: LoadedMessages, message: MessageSummary): LoadedMessages => ({
  ...loaded,
  messages: loaded.messages.map((known) => (known.documentId === message.documentId ? message : known)),
});

export const withoutMessage = (loaded: LoadedMessages, documentId: string): LoadedMessages => ({
  ...loaded,
  messages: loaded.messages.filter((known) => known.documentId !== documentId),
});
