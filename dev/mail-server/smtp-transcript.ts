import type { Transcript } from './transcript';

interface LogFacts {
  tnx?: string;
  cid?: string;
}

type Log = (facts: unknown, text: unknown, ...values: unknown[]) => void;

export interface SmtpLogger {
  level: () => void;
  trace: Log;
  debug: Log;
  info: Log;
  warn: Log;
  error: Log;
  fatal: Log;
}

const isFacts = (value: unknown): value is LogFacts => typeof value === 'object' && value !== null;

/** A logger for `smtp-server` that only keeps the conversation. `smtp-server` hides passwords itself. */
export const smtpLogger = (transcript: Transcript): SmtpLogger => {
  const numbers = new Map<string, number>();
  const numberOf = (cid: string): number => {
    const number = numbers.get(cid) ?? numbers.size + 1;
    numbers.set(cid, number);
    return number;
  };
  const debug: Log = (facts, _text, ...values) => {
    if (!isFacts(facts) || facts.cid === undefined) return;
    const session = numberOf(facts.cid);
    if (facts.tnx === 'send') transcript.record('smtp', session, 'out', values.map(String).join(' '));
    else if (facts.tnx === 'command') transcript.record('smtp', session, 'in', values.map(String).join(' '));
    else if (facts.tnx === 'data') transcript.record('smtp', session, 'in', `<${String(values[0])} bytes>`);
  };
  const ignore: Log = () => undefined;
  return {
    level: () => undefined,
    trace: ignore,
    debug,
    info: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
  };
};
