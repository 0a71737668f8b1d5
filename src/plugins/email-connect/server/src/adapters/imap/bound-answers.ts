import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import { afterLine, isFlood, wholeAllowance } from '../../domain/limits/unasked-news';
import { serverFlooding } from '../../net/classify-network-error';
import type { ServerAccess } from '../../ports';
import { answerBoundOf } from './answer-bound';
import { commandUnderWay, readCommand } from './command-under-way';
import type { ImapLimits } from './options';

/** imapflow's internal: each response of the server passes here, and the next is not read before this one is done. */
interface Responses {
  handleResponse(response: Response): Promise<boolean>;
}

interface Response {
  payload: Buffer;
  literals?: readonly Buffer[];
}

const passesResponses = (client: object): client is Responses =>
  typeof Reflect.get(client, 'handleResponse') === 'function';

/**
 * Holds a server to what it was asked for: an answer has an end (RFC 9051 sets none), and what nobody asked for is
 * read ever more slowly, then not at all (S47). imapflow bounds each response, not how many there are. What is over
 * makes the command under way reject with SERVER_FLOODING or the error of its bound, and ends the connection.
 */
export const boundAnswers = (client: ImapFlow, access: ServerAccess, limits: ImapLimits): void => {
  const internal: object = client;
  if (!passesResponses(internal)) throw new Error('This imapflow does not let responses be bounded.');
  const handle = internal.handleResponse.bind(client);
  const answers = new Answers(client, access);
  let allowance = wholeAllowance(performance.now());

  const bear = async (bytes: number): Promise<void> => {
    const after = afterLine(allowance, bytes, performance.now());
    ({ allowance } = after);
    if (isFlood(after, limits.floodPatienceMs)) throw serverFlooding(access);
    if (after.waitMs > 0) await sleep(after.waitMs, undefined, { ref: false });
  };

  internal.handleResponse = async (response) => {
    const kind = kindOf(response.payload);
    const bytes = sizeOf(response);
    if (!answers.take(kind, bytes)) await bear(bytes);
    // Only for clients that asked for it, as we never do (RFC 7162 3.2.10): one may name four billion UIDs in a line,
    // which imapflow would go through one by one.
    return kind === 'VANISHED' || (await handle(response));
  };
};

/** What came in answer to the command under way. */
class Answers {
  private request: unknown = null;
  private command = readCommand(null);
  private responses = 0;
  private bytes = 0;

  constructor(
    private readonly client: ImapFlow,
    private readonly access: ServerAccess
  ) {}

  /** Whether a response is part of that answer. Throws when the answer is too much. */
  take(kind: string, bytes: number): boolean {
    this.look();
    const bound = answerBoundOf(this.command.name);
    if (!bound?.kinds.includes(kind)) return false;
    this.responses += 1;
    this.bytes += bytes;
    if (this.responses > bound.most || this.bytes > bound.mostBytes) throw bound.excess(this.access);
    // A server may tell of flags that changed between the rows that it was asked for.
    return bound.rows ? this.responses <= this.command.asked : true;
  }

  private look(): void {
    const request = commandUnderWay(this.client);
    if (request === this.request) return;
    [this.request, this.command] = [request, readCommand(request)];
    [this.responses, this.bytes] = [0, 0];
  }
}

/** `* LIST ...`, `* 5 FETCH ...`; '' for a tagged response. */
const kindOf = (payload: Buffer): string =>
  /^\* (?:\d+ )?([A-Z]+)/i.exec(payload.toString('latin1', 0, 40))?.[1]?.toUpperCase() ?? '';

const sizeOf = ({ payload, literals = [] }: Response): number =>
  literals.reduce((sum, { length }) => sum + length, payload.length);
