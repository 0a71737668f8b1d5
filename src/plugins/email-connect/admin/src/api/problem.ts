import { z } from 'zod';
import { failure } from '../../../shared/contracts/failure';

/** Why a request was refused. `told`: in the server's own words; else a reason for which the panel has words. */
export type Problem =
  | { kind: 'told'; code: string; message: string; nextStep: string; detail: string }
  | { kind: 'untold'; reason: UntoldReason };

export type UntoldReason =
  'unreachable' | 'not-allowed' | 'not-found' | 'too-large' | 'unreadable' | 'unexpected';

const refusal = z.object({
  response: z.object({ data: z.object({ error: z.object({ message: z.string(), details: failure }) }) }),
});
const withStatus = z.object({ status: z.number() });

const reasonOfStatus = (status: number): UntoldReason => {
  if (status === 401 || status === 403) return 'not-allowed';
  // Strapi's body parser, or a proxy before it, has its own limit.
  if (status === 413) return 'too-large';
  return status === 404 ? 'not-found' : 'unexpected';
};

/** What a failed call means to the person who waits for it. Never throws. */
export const toProblem = (error: unknown): Problem => {
  const told = refusal.safeParse(error);
  if (told.success) {
    const { message, details } = told.data.response.data.error;
    return { kind: 'told', message, ...details };
  }
  if (error instanceof z.ZodError) return { kind: 'untold', reason: 'unreadable' };
  const answered = withStatus.safeParse(error);
  if (answered.success) return { kind: 'untold', reason: reasonOfStatus(answered.data.status) };
  // fetch() rejects with a TypeError when no answer came at all.
  return { kind: 'untold', reason: error instanceof TypeError ? 'unreachable' : 'unexpected' };
};
