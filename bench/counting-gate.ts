import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A port in front of a server that counts what passes: bytes as they are on the wire, TLS and compression included. */
export interface CountingGate {
  port: number;
  received: number;
  sent: number;
  close(): Promise<void>;
}

export const countingGate = async (targetPort: number): Promise<CountingGate> => {
  const sockets = new Set<Socket>();
  const gate: CountingGate = { port: 0, received: 0, sent: 0, close: async () => undefined };
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const socket of [client, target]) sockets.add(socket.on('error', () => socket.destroy()));
    client.on('data', (chunk) => (gate.sent += chunk.length)).on('close', () => target.destroy());
    target.on('data', (chunk) => (gate.received += chunk.length)).on('close', () => client.destroy());
    client.pipe(target);
    target.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  gate.port = (server.address() as AddressInfo).port;
  gate.close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  return gate;
};
