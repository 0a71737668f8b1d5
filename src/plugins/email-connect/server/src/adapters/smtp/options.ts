/** Times in ms; defaults: see `readOptions`. */
export interface SmtpOptions {
  /** For the TCP connection and the TLS handshake. */
  connectTimeoutMs?: number;
  greetingTimeoutMs?: number;
  /** From the first packet until logged in. */
  loginTimeoutMs?: number;
  /** RFC 5321 4.5.3.2.6: a server may take ten minutes to take over a message. */
  silenceTimeoutMs?: number;
  /** PEM of authorities that are trusted besides Node's own; with NODE_EXTRA_CA_CERTS none is needed here. */
  authorities?: readonly string[];
}

export type SmtpLimits = Required<SmtpOptions>;

export const readOptions = (options: SmtpOptions): SmtpLimits => ({
  connectTimeoutMs: 30_000,
  greetingTimeoutMs: 30_000,
  loginTimeoutMs: 60_000,
  silenceTimeoutMs: 600_000,
  authorities: [],
  ...options,
});
