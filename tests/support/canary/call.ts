import type { Chance } from './chance';
import type { AdminCaller, ProgramCaller } from './callers';
import type { Canary } from './words';
import type { World } from './world';

/** An answer of the server, whole. */
export interface Answer {
  status: number;
  /** Its body and its header fields. */
  text: string;
  json: unknown;
}

/** One request of a walk, and what its answer may be. */
export interface Call {
  method: string;
  path: string;
  body?: unknown;
  /** `told`: 200. `refused`: any refusal. `any`: it is only looked at which words it holds. */
  expects: 'told' | 'refused' | 'any';
  /** The words that the answer may hold. */
  words: readonly Canary[];
  /** What is wrong with the answer; null: nothing. */
  check?: (answer: Answer) => string | null;
  /** Another path whose answer must be the same: else the difference tells what is there (S33, w57). */
  alike?: string;
  /** Requests that follow from the answer. */
  then?: (answer: Answer) => Call[];
}

/** Who asks in which world, with what is chosen by chance. */
export interface Asked<Caller> {
  caller: Caller;
  world: World;
  chance: Chance;
}

/** Who asks of all worlds that are there. */
export interface AskedOfAll<Caller> {
  caller: Caller;
  worlds: readonly World[];
  chance: Chance;
  /** Whether this site lets tokens for all content read mail. */
  siteTokens: boolean;
}

/**
 * A route in the walk: how it is asked for one world or for all at once, or why no mail is in it. `changes`: it is asked
 * last where it is allowed, for the world is another one afterwards. `isRare`: it is asked in
 * few worlds, or by two of all callers: it is slow, or tells nothing of mail and only has to refuse.
 */
export type Route = { route: string; isRare?: boolean } & (
  | { bearsNoMail: string }
  | { ask: (asked: Asked<AdminCaller>) => Call[]; change?: (asked: Asked<AdminCaller>) => Call[] }
  | { askOfAll: (asked: AskedOfAll<AdminCaller>) => Call[] }
  | { program: (asked: AskedOfAll<ProgramCaller>) => Call[] }
);

export const told = (path: string, words: readonly Canary[], rest: Partial<Call> = {}): Call => ({
  method: 'GET',
  path,
  expects: 'told',
  words,
  ...rest,
});

export const refused = (path: string, rest: Partial<Call> = {}): Call => ({
  method: 'GET',
  path,
  expects: 'refused',
  words: [],
  ...rest,
});

/** Whether two lists hold the same, in whichever order; else what differs. */
export const differ = (what: string, found: readonly unknown[], due: readonly unknown[]): string | null => {
  const [one, other] = [found, due].map((list) => JSON.stringify([...list].map(String).sort()));
  return one === other ? null : `${what}: ${one} instead of ${other}`;
};

/** The first of these that is wrong. */
export const firstOf = (...problems: (string | null)[]): string | null =>
  problems.find((problem) => problem !== null) ?? null;
