import type { ImapCommand } from '../imap-session';
import { append } from './append';
import { authenticate } from './authenticate';
import { capability } from './capability';
import { close, unselect } from './close';
import { copy, move } from './copy';
import { enable } from './enable';
import { expunge } from './expunge';
import { fetch } from './fetch';
import { create, remove, rename, subscribe, unsubscribe } from './folders';
import { id } from './id';
import { idle } from './idle';
import { list, lsub } from './list';
import { login } from './login';
import { logout } from './logout';
import { namespace } from './namespace';
import { check, noop } from './noop';
import { search } from './search';
import { examine, select } from './select';
import { startTls } from './start-tls';
import { status } from './status';
import { store } from './store';

const ALL: readonly ImapCommand[] = [
  capability,
  id,
  noop,
  logout,
  startTls,
  login,
  authenticate,
  enable,
  namespace,
  list,
  lsub,
  status,
  create,
  remove,
  rename,
  subscribe,
  unsubscribe,
  select,
  examine,
  append,
  idle,
  check,
  close,
  unselect,
  fetch,
  search,
  store,
  copy,
  move,
  expunge,
];

/** Every verb of the server by its name on the wire. */
export const imapCommands: ReadonlyMap<string, ImapCommand> = new Map(
  ALL.flatMap((command) => command.names.map((name) => [name, command] as const))
);
