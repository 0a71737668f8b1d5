import type { FetchMessageObject } from 'imapflow';
import { uid } from '../../testing/fakes/build-mail';
import { readRow } from './read-row';

const receivedAt = (internalDate: string | undefined, date: string): string | undefined => {
  const headers = Buffer.from(`Subject: x\r\n${date}\r\n\r\n`);
  const row = { seq: 1, uid: 1, headers, ...(internalDate ? { internalDate: new Date(internalDate) } : {}) };
  return readRow(uid(1), row as FetchMessageObject)?.message.receivedAt;
};

const DATE = 'Date: Tue, 24 Nov 2026 10:00:00 +0000';

test('INTERNALDATE says when a mail came', () => {
  expect(receivedAt('23-Nov-2026 09:00:00 +0000', DATE)).toBe('2026-11-23T09:00:00.000Z');
});

test.each([
  undefined,
  'Never',
  '31-Dec-9999 23:59:59 -1200',
  '01-Jan-20260 00:00:00 +0000',
  '01-Jan-0500 00:00:00 +0000',
])('c23: of %p nothing is believed, and the Date field counts', (internalDate) =>
  expect(receivedAt(internalDate, DATE)).toBe('2026-11-24T10:00:00.000Z')
);

test('c23: without either it is the epoch', () => {
  expect(receivedAt(undefined, 'Date: Sat, 1 Jan 20260 00:00:00 +0000')).toBe('1970-01-01T00:00:00.000Z');
});
