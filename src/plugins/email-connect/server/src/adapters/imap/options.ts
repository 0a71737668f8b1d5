import { setTimeout as sleep } from 'node:timers/promises';

/** Times in ms; what is left out has the default that `readOptions` shows. */
export interface ImapOptions {
  /** For the TCP connection and the TLS handshake. */
  connectTimeoutMs?: number;
  greetingTimeoutMs?: number;
  /** From the first packet until logged in. */
  loginTimeoutMs?: number;
  /** A connection on which nothing moves for so long is given up, also while the server searches, sends or stores mail. */
  silenceTimeoutMs?: number;
  /** The same while it is asked for what it has at hand. */
  promptSilenceMs?: number;
  /** A server that answered nothing for so long is asked whether it is still there before it is asked for more. */
  restMs?: number;
  /** It answers that within this, or the connection is given up. */
  probeTimeoutMs?: number;
  /** IDLE is renewed after this, below the five minutes after which many routers forget a connection. */
  idleRestartMs?: number;
  /** How often a watched folder is looked at where the server has no IDLE. */
  pollMs?: number;
  /** The waits before a message that a scan did not get is asked for again. */
  retryWaitsMs?: readonly number[];
  /** How those waits pass. */
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
  idleRestartMs: 285_000,
  pollMs: 60_000,
  retryWaitsMs: [1_700, 2_890, 4_913],
  wait: (ms) => sleep(ms, undefined, { ref: false }),
  authorities: [],
  ...options,
});
