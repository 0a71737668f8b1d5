import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { ByteInput } from './byte-input';
import type { Transcript } from './transcript';

/** The wire of one IMAP session: bytes in, bytes out, TLS on demand. It knows no commands. */
export class ImapConnection {
  readonly input = new ByteInput();
  private bytesUntilCut = Infinity;

  constructor(
    private socket: Socket,
    readonly id: number,
    private readonly transcript: Transcript
  ) {
    this.listen();
  }

  get isEncrypted(): boolean {
    return this.socket instanceof TLSSocket;
  }

  get isOpen(): boolean {
    return !this.socket.destroyed && this.socket.writable;
  }

  /** Sends text (latin1) and buffers as they are; waits while the client does not read. */
  async write(parts: readonly (string | Buffer)[]): Promise<void> {
    if (!this.isOpen) return;
    this.recordAnswer(parts);
    const bytes = Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part))
    );
    if (bytes.length > this.bytesUntilCut) {
      this.socket.write(bytes.subarray(0, this.bytesUntilCut), () => this.destroy());
      return;
    }
    this.bytesUntilCut -= bytes.length;
    if (!this.socket.write(bytes)) await this.drained();
  }

  recordCommand(text: string): void {
    this.transcript.record('imap', this.id, 'in', text);
  }

  /** Lets so many bytes out, then cuts the connection. */
  cutAfter(bytes: number): void {
    this.bytesUntilCut = bytes;
  }

  /** Goes on under TLS. Bytes sent in the clear after STARTTLS are thrown away (CVE-2011-0411). */
  upgrade(secureContext: SecureContext): void {
    this.input.clear();
    this.socket.removeAllListeners('data');
    this.socket.removeAllListeners('end');
    this.socket = new TLSSocket(this.socket, { isServer: true, secureContext });
    this.listen();
  }

  end(): void {
    this.input.end();
    this.socket.end();
  }

  destroy(): void {
    this.input.end();
    this.socket.destroy();
  }

  private listen(): void {
    const { socket } = this;
    socket.on('data', (chunk: Buffer) => this.input.push(chunk));
    socket.on('end', () => this.input.end());
    socket.on('close', () => this.input.end());
    // A client that vanishes or fails its handshake is no failure of the server.
    socket.on('error', () => this.destroy());
  }

  private drained(): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      const done = (): void => {
        socket.removeListener('drain', done);
        socket.removeListener('close', done);
        resolve();
      };
      socket.on('drain', done);
      socket.on('close', done);
    });
  }

  private recordAnswer(parts: readonly (string | Buffer)[]): void {
    const text = parts.map((part) => (typeof part === 'string' ? part : `<${part.length} bytes>`)).join('');
    const lines = text
      .replace(/\}\r\n</g, '} <')
      .replace(/\r\n$/, '')
      .split('\r\n');
    for (const line of lines) this.transcript.record('imap', this.id, 'out', line);
  }
}
