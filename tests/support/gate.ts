import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A port in front of a server that can be shut: the server is down, while all that it holds stays. Counts bytes as they are on the wire. */
export interface Gate {
  port: number;
  /** Bytes from the server so far. */
  received: number;
  /** Bytes to the server so far. */
  sent: number;
  /** Cuts every connection and refuses new ones. */
  shut(): Promise<void>;
  /** The same port leads through again. */
  open(): Promise<void>;
}

/** An open gate to `targetPort` of 127.0.0.1; TLS passes through it untouched. */
export const makeGate = async (targetPort: number): Promise<Gate> => {
  const sockets = new Set<Socket>();
  const counters = { received: 0, sent: 0 };
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    keep(client, target);
    keep(target, client);
    client.on('data', (bytes: Buffer) => {
      counters.sent += bytes.length;
    });
    target.on('data', (bytes: Buffer) => {
      counters.received += bytes.length;
    });
    client.pipe(target).pipe(client);
  });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address && typeof address === 'object') resolve(address.port);
        else reject(new Error('The system gave no port.'));
      });
    });
  const port = await listen(0);
  return Object.assign(counters, {
    port,
    shut: async () => {
      if (!server.listening) return;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: async () => {
      await listen(port);
    },
  });
};
