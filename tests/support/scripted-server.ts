import type { Server } from 'node:tls';
import type { Socket } from 'node:net';
import type { ServerAccess } from '../../src/plugins/email-connect/server/src/ports';
import type { Certificate } from './certificates';

export interface ScriptedServer {
  /** How an adapter dials it, its certificate pinned. */
  access: ServerAccess;
  /** What clients sent, one line each. */
  commands: string[];
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
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
};
