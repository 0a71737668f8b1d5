import type { Imap } from '../../ports';
import { connectImap } from './connect';
import { openSession } from './imap-session';
import { readOptions } from './options';
import type { ImapOptions } from './options';
import { testImap } from './test-imap';

/** IMAP over imapflow. Read-only except for `append`: folders are opened by EXAMINE, bodies fetched by PEEK (S13). */
export const createImap = (options: ImapOptions = {}): Imap => {
  const limits = readOptions(options);
  return {
    connect: async (access, signal, onEnd) =>
      openSession(await connectImap(access, limits, signal, onEnd), access, limits),
    test: (access, signal, onStep) => testImap(access, limits, signal, onStep),
  };
};
