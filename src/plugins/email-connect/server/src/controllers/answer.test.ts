import { z } from 'zod';
import type { ErrorCode } from '../domain/errors';
import { EmailConnectError } from '../domain/errors';
import { answer } from './answer';
import type { RequestContext } from './answer';

const asked = async (work: () => Promise<unknown>) => {
  const ctx = { status: 200, body: undefined } as RequestContext;
  await answer(work)(ctx);
  return { status: ctx.status, body: ctx.body };
};

const failing = (code: ErrorCode) => () =>
  Promise.reject(new EmailConnectError(code, 'It failed.', 'Do this.', 'NO'));

describe('what a handler answers', () => {
  test('its result', async () => {
    expect(await asked(async () => ({ threads: [] }))).toEqual({ status: 200, body: { threads: [] } });
  });

  test.each<[ErrorCode, number]>([
    ['NOT_FOUND', 404],
    ['NOT_ALLOWED', 403],
    ['INBOX_NOT_CONNECTED', 409],
    ['MESSAGE_TOO_LARGE', 413],
    ['KEY_MISSING', 503],
    ['LOGIN_REFUSED', 400],
  ])('S39: %s as %i, with its code and next step', async (code, status) => {
    expect(await asked(failing(code))).toEqual({
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

  test('what nobody foresaw is Strapi’s to log and answer', async () => {
    await expect(asked(() => Promise.reject(new TypeError('x is undefined')))).rejects.toThrow(
      'x is undefined'
    );
    await expect(asked(failing('UNEXPECTED'))).rejects.toThrow('It failed.');
  });
});
