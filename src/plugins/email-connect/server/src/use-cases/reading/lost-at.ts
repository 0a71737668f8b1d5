import { EmailConnectError } from '../../domain/errors';
import type { Evidence } from '../../domain/logging/verdict';
import { isLoss } from '../../domain/sync/suspect';
import type { Asked } from '../../domain/sync/suspect';
import type { OpenFolder } from '../../ports';

/** The connection was lost while these messages were asked for. */
export class LostAt extends Error {
  override readonly name = 'LostAt';
  /**
   * The failure as the inbox's loop sees it: one unreadable message does not mean that the server's settings are
   * wrong.
   */
  readonly failure: EmailConnectError;

  constructor(
    readonly asked: Asked,
    override readonly cause: EmailConnectError,
    /** Why the message is ours; null while nobody knows. */
    readonly evidence: Evidence | null = null
  ) {
    super(cause.message);
    const { code, message, nextStep, detail } = cause;
    this.failure =
      code === 'PROTOCOL_MISMATCH'
        ? new EmailConnectError('CONNECTION_LOST', message, nextStep, detail, { cause })
        : cause;
  }
}

/** Rejects like `work`; where the connection was lost, with a LostAt. */
export const lostAt = async <Result>(
  asked: Asked,
  work: () => Promise<Result>,
  evidence: Evidence | null = null
): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    throw isLoss(error) ? new LostAt(asked, error, evidence) : error;
  }
};

/**
 * The folder, whose failures say which messages were asked for when the connection was lost. Bodies come as streams:
 * see `ApplyVerdicts`.
 */
export const withLosses = (open: OpenFolder): OpenFolder => ({
  state: open.state,
  listUids: (from, to) => open.listUids(from, to),
  listUidsSince: (since) => open.listUidsSince(since),
  scanHeaders: (imapUids) => lostAt({ imapUids, what: 'headers' }, () => open.scanHeaders(imapUids)),
  fetchMessage: (imapUid) => open.fetchMessage(imapUid),
  fetchReturned: (imapUid, notice) =>
    lostAt({ imapUids: [imapUid], what: 'message' }, () => open.fetchReturned(imapUid, notice)),
  fetchTraces: (imapUids) => lostAt({ imapUids, what: 'headers' }, () => open.fetchTraces(imapUids)),
  search: (search, limit) => open.search(search, limit),
  release: () => open.release(),
});
