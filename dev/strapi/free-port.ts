import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Below the ports that Linux (32768) and the BSDs (49152) hand to outgoing connections. A port in that range may be
// taken by an outgoing connection between this answer and the caller's bind: a server then fails to start.
const LOWEST = 15_000;
const HIGHEST = 32_767;
const TRIES = 100;

/** A TCP port of 127.0.0.1 that was free a moment ago; the caller binds it next. */
export const freePort = async (): Promise<number> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${TRIES} ports between ${LOWEST} and ${HIGHEST} is free.`);
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error)
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
