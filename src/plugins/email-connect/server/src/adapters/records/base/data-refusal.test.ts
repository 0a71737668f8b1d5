import { dataRefusalOf } from './data-refusal';
import { databaseFailure } from './failures';

describe('P1: what a database has against one mail, and not against all', () => {
  test.each([
    ['ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', 'characters'],
    ['22021', 'characters'],
    ['22P05', 'characters'],
    ['ER_NET_PACKET_TOO_LARGE', 'size'],
    ['ER_DATA_TOO_LONG', 'size'],
    ['54000', 'size'],
    ['22001', 'size'],
    ['SQLITE_TOOBIG', 'size'],
    ['22003', 'value'],
  ])('%s: %s', (code, expected) => {
    expect(dataRefusalOf(code)).toBe(expected);
  });

  test.each([
    'ECONNREFUSED',
    'PROTOCOL_CONNECTION_LOST',
    '57P01',
    '08006',
    'ETIMEDOUT',
    'EPIPE',
    'ER_LOCK_DEADLOCK',
    'ER_LOCK_WAIT_TIMEOUT',
    '40001',
    '40P01',
    '55P03',
    'SQLITE_BUSY',
    'ER_RECORD_FILE_FULL',
    '53100',
    'SQLITE_FULL',
    'ER_OPTION_PREVENTS_STATEMENT',
    '25006',
    'SQLITE_READONLY',
    '53300',
    'ER_CON_COUNT_ERROR',
    '57014',
    '23505',
    'ER_DUP_ENTRY',
    '',
    'ER_NO_SUCH_TABLE',
    '42P01',
    'SQLITE_CONSTRAINT_TRIGGER',
    '2200',
  ])('%s says nothing about the mail', (code) => {
    expect(dataRefusalOf(code)).toBeNull();
  });

  test('S31: it is told by its code and a next step, without the statement', () => {
    const failure = databaseFailure(
      Object.assign(new Error('insert into t values (secret)'), { code: 'ER_DATA_TOO_LONG' })
    );
    expect(failure).toMatchObject({ code: 'DATA_REFUSED', detail: 'ER_DATA_TOO_LONG' });
    expect(JSON.stringify([failure, String(failure.stack)])).not.toContain('secret');
  });
});
