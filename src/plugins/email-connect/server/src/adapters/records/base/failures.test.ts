import { guarded } from './failures';

const failing = (error: unknown) =>
  guarded({ ask: async () => Promise.reject(error) }, (work) => work()).ask();

const withCode = (message: string, code: object) => Object.assign(new Error(message), code);

describe('what is told of a failure of the database', () => {
  test.each([
    ['55P03', { code: '55P03' }],
    ['57014', { code: '57014' }],
    ['ER_LOCK_WAIT_TIMEOUT', { code: 'ER_LOCK_WAIT_TIMEOUT', errno: 1205 }],
    ['1969', { errno: 1969 }],
    ['SQLITE_BUSY', { code: 'SQLITE_BUSY' }],
    ['no answer', { code: 'no answer' }],
    ['KnexTimeoutError', { name: 'KnexTimeoutError' }],
  ])('S39: %s is a database that takes too long, and it says so', async (detail, code) => {
    await expect(failing(withCode('update x set body = secret - too long', code))).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      detail,
      nextStep: expect.stringContaining('Try again'),
    });
  });

  test('S39: anything else has the code of the driver, or what kind of thing it is, and no statement', async () => {
    const told = async (error: unknown) => {
      const failure: unknown = await failing(error).catch((thrown: unknown) => thrown);
      expect(JSON.stringify(failure)).not.toContain('secret');
      expect(failure).toMatchObject({ nextStep: expect.stringContaining('database') });
      return Reflect.get(Object(failure), 'detail');
    };
    expect(await told(withCode('insert secret', { code: 'ER_NET_PACKET_TOO_LARGE' }))).toBe(
      'ER_NET_PACKET_TOO_LARGE'
    );
    expect(await told(new Error('select secret - Connection terminated unexpectedly'))).toBe(
      'connection lost'
    );
    expect(await told(new RangeError('secret'))).toBe('RangeError');
    expect(await told(new Error('secret'))).toBe('');
  });
});
