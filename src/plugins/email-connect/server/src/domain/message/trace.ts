import { forEachField } from '../identification/header-fields';

/**
 * Fields that servers put above what a message has when it comes to them: who took it from whom (RFC 5321 4.4), and
 * what they found of its sender (RFC 8601 4).
 */
export const TRACE_FIELDS = ['received', 'authentication-results'] as const;

export interface TraceField {
  name: (typeof TRACE_FIELDS)[number];
  /** Unfolded. */
  value: string;
}

/** No chain of servers writes more, or longer ones; only the sender of a message does. */
const MOST_FIELDS = 100;
const LONGEST_VALUE = 20_000;

/** The trace fields of a raw header block, the topmost first. Never throws. */
export const readTrace = (raw: string): TraceField[] => {
  const trace: TraceField[] = [];
  forEachField(raw, (written, value) => {
    const name = TRACE_FIELDS.find((one) => one === written);
    if (name !== undefined && trace.length < MOST_FIELDS) {
      trace.push({ name, value: value.slice(0, LONGEST_VALUE) });
    }
  });
  return trace;
};
