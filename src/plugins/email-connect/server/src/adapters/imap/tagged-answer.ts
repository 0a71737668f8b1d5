import type { ImapFlow } from 'imapflow';

/** How the server ended the last command of some work (RFC 9051 7.1): OK, NO or BAD, with its code in brackets. */
export interface TaggedAnswer {
  status: string;
  /** Upper case; '' for none. */
  code: string;
}

/**
 * What the server really answered. imapflow takes a NO that speaks of messages which "no longer exist" for success, and
 * a refused SEARCH for one without a result: either would read as an empty folder.
 */
export const withTaggedAnswer = async <T>(
  client: ImapFlow,
  work: () => Promise<T>
): Promise<{ result: T; answer: TaggedAnswer }> => {
  let answer: TaggedAnswer = { status: '', code: '' };
  const note = ({ response, code = '' }: { response: string; code?: string }): void => {
    answer = { status: response.toUpperCase(), code: code.toUpperCase() };
  };
  client.on('response', note);
  try {
    const result = await work();
    return { result, answer };
  } finally {
    client.off('response', note);
  }
};

/** As imapflow rejects a command that it does not take for answered. */
export const refusalOf = ({ status, code }: TaggedAnswer): Error =>
  Object.assign(new Error('Command failed'), {
    responseStatus: status,
    serverResponseCode: code,
    responseText: '',
  });
