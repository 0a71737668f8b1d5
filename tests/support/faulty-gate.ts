import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A port in front of a server, on which a network fails in the ways that networks do. TLS passes through untouched. */
export interface FaultyGate {
  port: number;
  /** Nothing passes any more, in either direction, and nobody is told: half-open TCP (c20). */
  swallow(): void;
  /** What is open now is half-open from now on, as after a router that lost its memory; new connections pass. */
  forget(): void;
  /** Nothing is swallowed any more, but for what was forgotten. */
  heal(): void;
  /** Cuts every connection once so many more bytes came from the server. */
  cutAfterBytes(count: number): void;
  stop(): Promise<void>;
}

/** To `targetPort` of 127.0.0.1. */
export const makeFaultyGate = async (targetPort: number): Promise<FaultyGate> => {
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let swallows = false;
  let bytesLeft = Infinity;
  const cutAll = (): void => sockets.forEach((socket) => socket.destroy());
  const isSwallowed = (socket: Socket): boolean => swallows || forgotten.has(socket);
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket.on('error', () => undefined));
    socket.on('close', () => {
      sockets.delete(socket);
      if (!isSwallowed(socket)) other.destroy();
    });
  };
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    keep(client, target);
    keep(target, client);
    client.on('data', (bytes: Buffer) => {
      if (!isSwallowed(client)) target.write(bytes);
    });
    target.on('data', (bytes: Buffer) => {
      if (isSwallowed(target)) return;
      if (bytes.length > bytesLeft) {
        client.write(bytes.subarray(0, bytesLeft), cutAll);
        bytesLeft = 0;
        return;
      }
      bytesLeft -= bytes.length;
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    port: address.port,
    swallow: () => {
      swallows = true;
      sockets.forEach((socket) => forgotten.add(socket));
    },
    forget: () => sockets.forEach((socket) => forgotten.add(socket)),
    heal: () => {
      swallows = false;
    },
    cutAfterBytes: (count) => {
      bytesLeft = count;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll();
      await closed;
    },
  };
};
