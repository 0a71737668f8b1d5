import { Socket } from 'node:net';
import type { ImapFlow } from 'imapflow';
import type { ServerAccess } from '../../ports';
import { classifyImapError, closedMeanwhile } from './classify-imap-error';
import type { ImapLimits } from './options';

/**
 * Checks whether the server still answers: a router that forgot the connection, or a server that lost power, sends
 * nothing (half-open TCP, c20).
 */
export class Liveness {
  private answeredAt = performance.now();

  constructor(
    private readonly client: ImapFlow,
    private readonly access: ServerAccess,
    private readonly limits: ImapLimits
  ) {
    const note = () => {
      this.answeredAt = performance.now();
    };
    client.on('response', note);
    client.on('exists', note);
  }

  /**
   * Sends NOOP, which ends an IDLE, if nothing was answered lately. Rejects with CONNECTION_LOST, and cuts the
   * connection, when the server has not answered the NOOP in time, whatever else it sends.
   */
  async probe(): Promise<void> {
    if (performance.now() - this.answeredAt >= this.limits.restMs) await this.ask();
  }

  async ask(): Promise<void> {
    const timer = setTimeout(() => this.cut(), this.limits.probeTimeoutMs);
    try {
      await this.client.noop();
      // imapflow's NOOP fails silently, except where an IDLE that has not begun yet holds it back.
      if (!this.client.usable) throw closedMeanwhile(this.access);
    } catch (error) {
      throw classifyImapError(error, this.access);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * For commands that a server answers without searching or copying: the connection is given up sooner when the
   * server falls silent.
   */
  async promptly<Result>(work: () => Promise<Result>): Promise<Result> {
    const socket = this.socket();
    socket?.setTimeout(this.limits.promptSilenceMs);
    try {
      return await work();
    } finally {
      socket?.setTimeout(this.limits.silenceTimeoutMs);
    }
  }

  private cut(): void {
    const seconds = Math.round(this.limits.probeTimeoutMs / 1000);
    const error = new Error(`The server did not answer within ${seconds} s.`);
    const socket = this.socket();
    if (socket) socket.destroy(Object.assign(error, { code: 'ECONNECTION' }));
    else this.client.close();
  }

  /** imapflow's types leave the socket out. */
  private socket(): Socket | null {
    const socket: unknown = Reflect.get(this.client, 'socket');
    return socket instanceof Socket ? socket : null;
  }
}
