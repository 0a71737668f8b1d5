import type { Verdict } from '../logging/verdict';
import type { Candidate } from '../message/message';

/** What is left of a message that was ours by its headers, but was gone before its body was read (c10, c11). */
export interface GoneMessage {
  candidate: Candidate;
  verdict: Extract<Verdict, { kind: 'log' }>;
}
