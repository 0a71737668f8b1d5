import type { Answer, Call } from './call';
import { canariesIn } from './words';

/** Asks as whoever holds the token; '' for anybody. */
export const ask = async (
  url: string,
  token: string,
  { method, path, body }: Pick<Call, 'method' | 'path' | 'body'>
): Promise<Answer> => {
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(isJson ? { 'content-type': 'application/json' } : {}),
    },
    body: body instanceof FormData ? body : isJson ? JSON.stringify(body) : undefined,
  });
  const text = await response.text();
  return {
    status: response.status,
    text: `${text}\n\n${headersOf(response)}`,
    json: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null,
  };
};

/** What is wrong with an answer; none: nothing. */
export const problemsOf = (call: Call, answer: Answer): string[] => {
  const allowed = new Set([...call.words, ...canariesIn(`${call.path} ${JSON.stringify(call.body)}`)]);
  const leaked = [...canariesIn(answer.text)].filter((word) => !allowed.has(word));
  return [
    ...(leaked.length > 0 ? [`tells ${leaked.join(', ')}`] : []),
    // Strapi's own Content Manager answers some refusals so.
    ...(answer.status >= 500 && !call.path.startsWith('/content-manager/')
      ? [`fails with ${answer.status}: ${firstLine(answer.text)}`]
      : []),
    ...(call.expects === 'told' && answer.status !== 200
      ? [`refuses with ${answer.status} what they see: ${firstLine(answer.text)}`]
      : []),
    ...(call.expects === 'refused' && answer.status < 400 ? ['does not refuse'] : []),
    ...(call.check && answer.status === 200 ? checked(call.check, answer) : []),
  ];
};

const checked = (check: NonNullable<Call['check']>, answer: Answer): string[] => {
  try {
    return [check(answer) ?? []].flat();
  } catch (error) {
    return [`has another form: ${String(error)}`];
  }
};

const headersOf = ({ headers }: Response): string => {
  const lines: string[] = [];
  headers.forEach((value, name) => lines.push(`${name}: ${value}`));
  return lines.join('\n');
};

/** The body of an answer, without its header fields. */
export const bodyOf = ({ text }: Answer): string => text.slice(0, text.lastIndexOf('\n\n'));

export const firstLine = (text: string): string => text.split('\n')[0]?.slice(0, 300) ?? '';
