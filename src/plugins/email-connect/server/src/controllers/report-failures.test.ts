import type { Core } from '@strapi/strapi';
import type { ErrorCode } from '../domain/errors';
import { EmailConnectError } from '../domain/errors';
import { answer } from './answer';
import type { RequestContext } from './answer';
import { reportFailures } from './report-failures';

/** What the log holds after a handler failed with this. */
const logged = async (error: unknown): Promise<string[]> => {
  const lines: string[] = [];
  const to = (level: string) => (line: string) => void lines.push(`${level} ${line}`);
  const strapi = { log: { warn: to('warn'), error: to('error') } } as unknown as Core.Strapi;
  const { find } = reportFailures(() => ({ find: answer(() => Promise.reject(error)) }))({ strapi });
  await find?.({
    method: 'GET',
    path: '/threads',
    state: {},
    set: () => undefined,
  } as unknown as RequestContext);
  return lines;
};

const failure = (code: ErrorCode) => new EmailConnectError(code, 'It failed.', 'Do this.', 'mail text');

describe('what stands in the log of a refused request', () => {
  test.each<[ErrorCode, string]>([
    ['STORAGE_FAILED', 'error [email-connect] GET /threads: 507 STORAGE_FAILED. It failed.'],
    ['KEY_MISSING', 'error [email-connect] GET /threads: 503 KEY_MISSING. It failed.'],
    ['CONNECTION_LOST', 'warn [email-connect] GET /threads: 502 CONNECTION_LOST. It failed.'],
  ])('%s: one line, without what the other side said', async (code, line) => {
    expect(await logged(failure(code))).toEqual([line]);
  });

  test.each<ErrorCode>(['LOGIN_REFUSED', 'NOT_FOUND', 'INPUT_INVALID'])('%s is no alarm', async (code) => {
    expect(await logged(failure(code))).toEqual([]);
  });

  test('S31: what nobody foresaw: where it failed, and nothing that a statement or a parser quotes', async () => {
    const database = Object.assign(new Error("insert into m (text) values ('secret\n    at home:1:1')"), {
      code: 'SQLITE_CONSTRAINT',
    });
    const [line] = await logged(database);
    expect(line).toMatch(/^error .*500 UNEXPECTED\. Error SQLITE_CONSTRAINT\n {4}at .*report-failures\.test/);
    expect(line).not.toMatch(/secret|home/);
    const [parsing] = await logged(new SyntaxError('Unexpected token s, "secret" is not valid JSON'));
    expect(parsing).not.toContain('secret');
  });

  test('a slip of ours in the words of the language', async () => {
    expect((await logged(new TypeError('x is not a function')))[0]).toContain(
      'TypeError: x is not a function'
    );
  });
});
