import { z } from 'zod';
import { toProblem } from './problem';

const refused = (status: number, details: unknown): unknown =>
  Object.assign(new Error('refused'), {
    status,
    response: { data: { error: { status, name: 'ApplicationError', message: 'No inbox.', details } } },
  });

describe('toProblem', () => {
  it('S39: keeps code, cause and next step of the server', () => {
    expect(
      toProblem(refused(409, { code: 'INBOX_NOT_CONNECTED', nextStep: 'Connect one.', detail: '' }))
    ).toEqual({
      kind: 'told',
      code: 'INBOX_NOT_CONNECTED',
      message: 'No inbox.',
      nextStep: 'Connect one.',
      detail: '',
    });
  });

  it.each([
    [401, 'not-allowed'],
    [403, 'not-allowed'],
    [404, 'not-found'],
    [413, 'too-large'],
    [500, 'unexpected'],
  ])('gives an answer %i without details a reason: %s', (status, reason) => {
    expect(toProblem(refused(status, {}))).toEqual({ kind: 'untold', reason });
  });

  it('knows a server that did not answer', () => {
    expect(toProblem(new TypeError('Failed to fetch'))).toEqual({ kind: 'untold', reason: 'unreachable' });
  });

  it('knows an answer that breaks its contract', () => {
    const { error } = z.object({ a: z.string() }).safeParse({});
    expect(toProblem(error)).toEqual({ kind: 'untold', reason: 'unreadable' });
  });

  it('never throws, whatever was thrown', () => {
    expect(toProblem(undefined)).toEqual({ kind: 'untold', reason: 'unexpected' });
  });
});
