import { z } from 'zod';
import type { ErrorCode } from '../domain/errors';
import { EmailConnectError, httpStatus } from '../domain/errors';
import { answer } from './answer';
import type { RequestContext } from './answer';

const asked = async (work: () => Promise<unknown>) => {
  const headers: Record<string, string> = {};
  const set = (field: string, value: string) => void (headers[field] = value);
  const ctx = { status: 200, body: undefined, state: {}, set } as RequestContext;
  await answer(work)(ctx);
  return { status: ctx.status, body: ctx.body, headers };
};

const failing = (code: ErrorCode) => () =>
  Promise.reject(new EmailConnectError(code, 'It failed.', 'Do this.', 'NO'));

describe('what a handler answers', () => {
  test('its result', async () => {
    expect(await asked(async () => ({ threads: [] }))).toEqual({
      status: 200,
      body: { threads: [] },
      headers: {},
    });
  });

  test.each<[ErrorCode, number]>([
    ['NOT_FOUND', 404],
    ['NOT_ALLOWED', 403],
    ['INBOX_NOT_CONNECTED', 409],
    ['MESSAGE_TOO_LARGE', 413],
    ['KEY_MISSING', 503],
    ['LOGIN_REFUSED', 400],
    ['CONNECTION_TIMED_OUT', 504],
    ['STORAGE_FAILED', 507],
  ])('S39: %s as %i, with its code and next step', async (code, status) => {
    expect(await asked(failing(code))).toEqual({
      headers: {},
      status,
      body: {
        data: null,
        error: {
          status,
          name: 'EmailConnectError',
          message: 'It failed.',
          details: { code, nextStep: 'Do this.', detail: 'NO' },
        },
      },
    });
  });

  test('input of another form as 400, naming the field', async () => {
    const { status, body } = await asked(async () =>
      z.object({ to: z.array(z.string()) }).parse({ to: 'ann' })
    );
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/INPUT_INVALID.*at to/);
  });

  test('S31, S39: what nobody foresaw as 500 with a next step, and with none of its own words', async () => {
    const { status, body } = await asked(() => Promise.reject(new Error('insert (text) values (secret)')));
    expect(status).toBe(500);
    expect(body).toMatchObject({
      error: {
        status: 500,
        details: { code: 'UNEXPECTED', detail: '', nextStep: expect.stringMatching(/log/) },
      },
    });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  test('after how long to come back, in whole seconds, where somebody said so', async () => {
    const throttled = (retryAfterMs?: number) =>
      asked(() => Promise.reject(new EmailConnectError('SERVER_THROTTLED', '', '', '', { retryAfterMs })));
    expect(await throttled(90_001)).toMatchObject({ status: 503, headers: { 'Retry-After': '91' } });
    expect((await throttled()).headers).toEqual({});
  });

  test('no failure as 401: the admin panel takes it for the end of its session', () => {
    expect(Object.values(httpStatus)).not.toContain(401);
  });
});
