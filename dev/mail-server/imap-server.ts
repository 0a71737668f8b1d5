import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificate';
import { ImapConnection } from './imap-connection';
import { ImapSession } from './imap-session';
import type { ImapWorld } from './imap-session';
import { listen } from './listen';
import type { Transcript } from './transcript';

export interface ImapServer {
  port: number;
  tlsPort: number;
  /** Says BYE to everybody and stops. */
  close(): Promise<void>;
}

/** IMAP on two ports: with STARTTLS, and under TLS from the first byte. */
export const startImap = async (
  world: ImapWorld,
  transcript: Transcript,
  options: { host: string; port: number; tls: Certificate }
): Promise<ImapServer> => {
  const open = new Set<ImapSession>();
  let sessions = 0;

  const converse = (socket: Socket): void => {
    sessions += 1;
    socket.setNoDelay(true);
    const session = new ImapSession(new ImapConnection(socket, sessions, transcript), world);
    open.add(session);
    const forget = world.faults.onDrop(() => session.connection.destroy());
    session
      .run()
      .catch((error: unknown) => {
        world.unexpectedErrors.push(error);
        session.connection.destroy();
      })
      .finally(() => open.delete(session));
    socket.on('close', forget);
  };

  const plain = createServer(converse);
  const secure = createTlsServer({ key: options.tls.key, cert: options.tls.cert }, converse);
  // A client that breaks off the handshake never becomes a session.
  secure.on('tlsClientError', (_error, socket) => socket.destroy());
  const servers: Server[] = [plain, secure];
  const sockets = new Set<Socket>();
  for (const server of servers) {
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
  }

  return {
    port: await listen(plain, options.port, options.host),
    tlsPort: await listen(secure, 0, options.host),
    close: async () => {
      const closed = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      await Promise.all([...open].map((session) => session.untagged('BYE Shutting down')));
      for (const session of open) session.connection.end();
      for (const socket of sockets) socket.destroySoon();
      await Promise.all(closed);
    },
  };
};
