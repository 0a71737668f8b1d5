import { connect, createServer } from 'node:tls';
import type { TLSSocket } from 'node:tls';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificate } from './certificates';

/**
 * Where a submission is held: before the server hears of EHLO; when some of the message has gone to it; when it has the
 * message and has answered, and nobody here has heard the answer.
 */
export type SmtpPoint = 'EHLO' | 'DATA' | 'answer';

/** A port in front of a real submission server, both over TLS, that can hold or cut a submission at a point of it. */
export interface SmtpGate {
  port: number;
  /** The next submission that comes to this point stays there. */
  hold(point: SmtpPoint): void;
  /** Resolves when one has got there. */
  held(): Promise<void>;
  /** What was held goes on. */
  release(): void;
  /** What was held is cut, to both sides. */
  cut(): void;
  stop(): Promise<void>;
}

const WAIT_MS = 30_000;
/** Of a message that is held within: more than one packet, and far from all. */
const SOME_BYTES = 20_000;

export const makeSmtpGate = async (targetPort: number, { cert, key }: Certificate): Promise<SmtpGate> => {
  const sockets = new Set<TLSSocket>();
  let wanted: SmtpPoint | null = null;
  let submission: { goOn(): void; cut(): void } | null = null;

  const server = createServer({ cert, key }, (client) => {
    const target = connect({ port: targetPort, host: '127.0.0.1', servername: 'localhost', ca: [cert] });
    for (const socket of [client, target]) {
      sockets.add(socket.on('error', () => undefined));
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('close', () => target.destroy());
    target.on('close', () => client.destroy());
    let isMessage = false;
    let passed = 0;
    const isAt = (point: SmtpPoint) => wanted === point && submission === null;
    const stay = (from: TLSSocket, to: TLSSocket, bytes: Buffer): void => {
      from.pause();
      wanted = null;
      submission = {
        goOn: () => {
          submission = null;
          to.write(bytes);
          from.resume();
        },
        cut: () => {
          submission = null;
          client.destroy();
          target.destroy();
        },
      };
    };
    client.on('data', (bytes: Buffer) => {
      if (isMessage) passed += bytes.length;
      if (isAt('EHLO') && /^EHLO/i.test(bytes.toString('latin1', 0, 4))) return stay(client, target, bytes);
      if (isMessage && passed > SOME_BYTES && isAt('DATA')) return stay(client, target, bytes);
      target.write(bytes);
    });
    target.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1');
      if (isMessage && isAt('answer')) return stay(target, client, bytes);
      if (/^354/m.test(text)) isMessage = true;
      client.write(bytes);
    });
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    port: address.port,
    hold: (point) => {
      wanted = point;
    },
    held: async () => {
      for (const deadline = Date.now() + WAIT_MS; submission === null; await sleep(20)) {
        if (Date.now() > deadline) throw new Error(`No submission came to ${wanted}.`);
      }
    },
    release: () => submission?.goOn(),
    cut: () => submission?.cut(),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};
