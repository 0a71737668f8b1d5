import type { Server } from 'node:tls';
import type { Socket } from 'node:net';
import type { ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import type { Certificate } from './certificates';

export interface ScriptedServer {
  /** How an adapter dials it, its certificate pinned. */
  access: ServerAccess;
  /** What clients sent, one line each. */
  commands: string[];
  /** How many connections are open. */
  open(): number;
  stop(): void;
}

/** Lets a scripted server take connections on a port of its own. */
export const listenScripted = async (
  server: Server,
  sockets: ReadonlySet<Socket>,
  certificate: Certificate,
  commands: string[]
): Promise<ScriptedServer> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    access: {
      host: 'localhost',
      ip: '127.0.0.1',
      port: address.port,
      tls: 'implicit',
      username: 'ann',
      password: 'correct horse',
      pinnedCertificate: certificate.fingerprint,
    },
    commands,
    open: () => [...sockets].filter(({ destroyed }) => !destroyed).length,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};

/** An answer piece by piece, as fast as it is read. */
export type Pieces = Iterable<string> | AsyncIterable<string>;

/** Until the client has it all or hangs up. `TAG` stands for the tag, where there is one. */
export const pour = async (socket: Socket, pieces: Pieces, tag = 'TAG'): Promise<void> => {
  for await (const piece of pieces) {
    if (socket.destroyed) return;
    const bytes = Buffer.from(piece.replaceAll('TAG', tag), 'latin1');
    if (!socket.write(bytes)) await drained(socket);
  }
};

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const goOn = () => {
      socket.off('drain', goOn).off('close', goOn);
      resolve();
    };
    socket.on('drain', goOn).on('close', goOn);
  });

/** The same again and again, for ever. */
export function* endlessly(piece: string): Generator<string> {
  for (;;) yield piece;
}
