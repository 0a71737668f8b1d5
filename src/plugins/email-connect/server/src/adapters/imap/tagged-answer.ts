import type { ImapFlow } from 'imapflow';

/** How the server ended the last command of some work (RFC 9051 7.1): OK, NO or BAD, with its code in brackets. */
export interface TaggedAnswer {
  status: string;
  /** Upper case; '' for none. */
  code: string;
}

/**
 * The server's real answer. imapflow takes a NO about messages which "no longer exist" for success, and a refused
 * SEARCH for one without results: either would look like an empty folder.
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

/** The error with which imapflow rejects a command, for an answer that it took for success. */
export const refusalOf = ({ status, code }: TaggedAnswer): Error =>
  Object.assign(new Error('Command failed'), {
    responseStatus: status,
    serverResponseCode: code,
    responseText: '',
  });
