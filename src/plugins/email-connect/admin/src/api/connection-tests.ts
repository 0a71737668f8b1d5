import {
  connectionTestLine,
  type ConnectionTestLine,
  type ConnectionTestRequest,
} from '../../../shared/contracts/connection-test';
import { endpoint } from './client';
import { readLines } from './read-lines';

/** The admin session: its token, and how to get a new one when the server no longer takes it. */
export interface Session {
  token: string | null;
  renewToken: (refused: string | null) => Promise<string>;
}

const post = (request: ConnectionTestRequest, token: string | null, signal: AbortSignal): Promise<Response> =>
  fetch(`${window.strapi.backendURL}${endpoint('connection-tests')}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token ?? ''}` },
    credentials: 'include',
    body: JSON.stringify(request),
    signal,
  });

/** An error in the shape of Strapi's fetch client, so that `toProblem` reads both. */
const refusalOf = async (response: Response): Promise<Error> =>
  Object.assign(new Error(`HTTP ${response.status}`), {
    status: response.status,
    response: { data: await response.json().catch(() => null) },
  });

/**
 * Tests the servers of a form, yielding each step when it happens and the result last. Strapi's fetch client waits
 * for the whole answer; this function streams it.
 */
export async function* testConnection(
  request: ConnectionTestRequest,
  session: Session,
  signal: AbortSignal
): AsyncGenerator<ConnectionTestLine> {
  let response = await post(request, session.token, signal);
  if (response.status === 401) {
    response = await post(request, await session.renewToken(session.token), signal);
  }
  if (!response.ok || response.body === null) throw await refusalOf(response);
  for await (const line of readLines(response.body)) yield connectionTestLine.parse(JSON.parse(line));
}
