import { tooOften } from './limit';

const minutes = (count: number) => count * 60_000;

describe('S37, S39: RATE_LIMITED says how often and when again', () => {
  test.each([
    [20, minutes(10), minutes(3) + 1, '20 times in 10 minutes', 'Try again in 4 minutes.'],
    [60, minutes(1), 1, '60 times in 1 minute', 'Try again in 1 second.'],
    [1, minutes(60), 59_001, '1 time in 1 hour', 'Try again in 60 seconds.'],
    [1000, minutes(60), minutes(60), '1000 times in 1 hour', 'Try again in 1 hour.'],
  ])('%i in %i ms, %i ms before the end', (times, windowMs, retryAfterMs, often, next) => {
    const failure = tooOften('send', { times, windowMs, retryAfterMs, isFirst: true });
    expect(failure).toMatchObject({
      code: 'RATE_LIMITED',
      message: `You have tried this ${often}.`,
      nextStep: next,
      retryAfterMs,
    });
  });

  test('a mailbox may have been tried by others', () => {
    const reached = { times: 20, windowMs: minutes(10), retryAfterMs: minutes(2), isFirst: true };
    expect(tooOften('login', reached)).toMatchObject({
      message: 'The login to this mailbox was tried 20 times in 10 minutes, by you or others.',
      nextStep: 'Check the password, and try again in 2 minutes.',
    });
  });

  test('one person may have tried a mailbox too often, or everybody a server', () => {
    const reached = { times: 10, windowMs: minutes(10), retryAfterMs: minutes(2), isFirst: true };
    expect(tooOften('own-login', reached)).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'You have tried the login to this mailbox 10 times in 10 minutes.',
      nextStep: 'Check the password, and try again in 2 minutes.',
    });
    expect(tooOften('server-login', reached)).toMatchObject({
      code: 'RATE_LIMITED',
      message: 'Logins at this mail server were refused 10 times in 10 minutes, yours or those of others.',
      nextStep: 'Try again in 2 minutes.',
      retryAfterMs: minutes(2),
    });
  });
});
