import { setTimeout as sleep } from 'node:timers/promises';

/** Times in ms; defaults: see `readOptions`. */
export interface ImapOptions {
  /** For the TCP connection and the TLS handshake. */
  connectTimeoutMs?: number;
  greetingTimeoutMs?: number;
  /** From the first packet until logged in. */
  loginTimeoutMs?: number;
  /** A connection without any traffic for so long is given up, also while the server searches, sends or stores mail. */
  silenceTimeoutMs?: number;
  /** The same, for answers that the server has at hand. */
  promptSilenceMs?: number;
  /** After so long without an answer, the server is asked whether it is still there before the next command. */
  restMs?: number;
  /** How long the server may take to answer that question before the connection is given up. */
  probeTimeoutMs?: number;
  /** How long a server may go on to send more than was asked for, while it is read ever more slowly. */
  floodPatienceMs?: number;
  /** IDLE is renewed after this time, which is below the five minutes after which many routers forget a connection. */
  idleRestartMs?: number;
  /** How often a watched folder is checked where the server has no IDLE. */
  pollMs?: number;
  /** The waits before a message that a scan did not get is asked for again. */
  retryWaitsMs?: readonly number[];
  /** How to wait; replaced in tests. */
  wait?: (ms: number) => Promise<void>;
  /** PEM of authorities that are trusted besides Node's own; with NODE_EXTRA_CA_CERTS none is needed here. */
  authorities?: readonly string[];
}

export type ImapLimits = Required<ImapOptions>;

export const readOptions = (options: ImapOptions): ImapLimits => ({
  connectTimeoutMs: 30_000,
  greetingTimeoutMs: 16_000,
  loginTimeoutMs: 60_000,
  silenceTimeoutMs: 300_000,
  promptSilenceMs: 30_000,
  restMs: 10_000,
  probeTimeoutMs: 15_000,
  // Below the time for an answer to a question, which would come behind the flood.
  floodPatienceMs: 10_000,
  idleRestartMs: 285_000,
  pollMs: 60_000,
  retryWaitsMs: [1_700, 2_890, 4_913],
  wait: (ms) => sleep(ms, undefined, { ref: false }),
  authorities: [],
  ...options,
});
