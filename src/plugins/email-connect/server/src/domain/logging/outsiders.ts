import type { MessageHeaders } from '../message/message';
import { participantsOf } from '../message/participants';
import type { Team } from './verdict';

/** Whether a normalised address is one of us (P8). */
export const isOfTeam = (address: string, team: Team): boolean =>
  team.addresses.has(address) || team.domains.has(address.slice(address.lastIndexOf('@') + 1));

/** Everyone named on a message who is none of us: normalised, each once. Only these can be contacts (P8). */
export const outsidersOf = (headers: MessageHeaders, team: Team): string[] =>
  participantsOf(headers).filter((address) => !isOfTeam(address, team));
