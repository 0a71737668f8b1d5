import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { addressOf } from './services';
import type { DatabaseKind } from './test-database';

/** A port in front of a database server, on which it can be away, hang, or lose one answer. */
export interface DatabaseGate {
  port: number;
  /** Every connection is cut, and new ones are. */
  shut(): void;
  open(): void;
  /** Nothing passes, in either direction, and nobody is told; `release` lets all of it pass. */
  hold(): void;
  release(): void;
  /** The transaction that next asks for this loses its connection at its COMMIT: before it is done, or after, unheard. */
  breakCommitOf(statement: RegExp, when: 'before' | 'after'): void;
  /** That has happened. */
  hasBroken(): boolean;
  /** The connection that next asks for this falls silent after the answer, in mid-transaction; or all of them do. */
  silenceAfter(statement: RegExp, which: 'it' | 'all'): void;
  /** That has happened. */
  hasFallenSilent(): boolean;
  stop(): Promise<void>;
}

/** To `targetPort` of 127.0.0.1, in clear text. */
export const makeDatabaseGate = async (targetPort: number): Promise<DatabaseGate> => {
  const sockets = new Set<Socket>();
  let isShut = false;
  let isHeld = false;
  let broken: { statement: RegExp; when: 'before' | 'after' } | null = null;
  let hasBroken = false;
  let silenced: { statement: RegExp; which: 'it' | 'all' } | null = null;
  let hasFallenSilent = false;
  const hold = () => {
    isHeld = true;
    for (const socket of sockets) socket.pause();
  };
  const server = createServer((client) => {
    if (isShut) return void client.destroy();
    const target = connect(targetPort, '127.0.0.1');
    const cut = () => {
      client.destroy();
      target.destroy();
    };
    for (const socket of [client, target]) {
      sockets.add(socket.on('error', () => undefined).setNoDelay(true));
      socket.on('close', () => {
        sockets.delete(socket);
        cut();
      });
      if (isHeld) socket.pause();
    }
    let watched: typeof broken = null;
    let silencing: typeof silenced = null;
    let commits = false;
    client.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1');
      if (broken?.statement.test(text)) {
        watched = broken;
        broken = null;
      }
      if (silenced?.statement.test(text)) {
        silencing = silenced;
        silenced = null;
      }
      if (watched && /\bCOMMIT\b/.test(text)) {
        hasBroken = true;
        commits = true;
        if (watched.when === 'before') return cut();
      }
      target.write(bytes);
    });
    target.on('data', (bytes: Buffer) => {
      if (commits) return cut();
      client.write(bytes);
      if (!silencing) return;
      if (silencing.which === 'all') hold();
      for (const socket of [client, target]) socket.pause();
      silencing = null;
      hasFallenSilent = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('The system gave no port.');
  return {
    port: address.port,
    shut: () => {
      isShut = true;
      for (const socket of sockets) socket.destroy();
    },
    open: () => {
      isShut = false;
    },
    hold,
    release: () => {
      isHeld = false;
      for (const socket of sockets) socket.resume();
    },
    breakCommitOf: (statement, when) => {
      broken = { statement, when };
      hasBroken = false;
    },
    hasBroken: () => hasBroken,
    silenceAfter: (statement, which) => {
      silenced = { statement, which };
      hasFallenSilent = false;
    },
    hasFallenSilent: () => hasFallenSilent,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
};

/** Where a database of this kind really listens. */
export const databasePort = (kind: 'postgres' | 'mysql'): number => {
  const { port } = new URL(addressOf(kind === 'postgres' ? 'postgres' : 'mariadb'));
  return Number(port || (kind === 'postgres' ? 5432 : 3306));
};

/** null for SQLite, which is a file. */
export const gateBefore = async (kind: DatabaseKind): Promise<DatabaseGate | null> =>
  kind === 'sqlite' ? null : makeDatabaseGate(databasePort(kind));
