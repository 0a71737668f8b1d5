import { mailTime } from './mail-time';

test.each([
  [Date.UTC(1900, 0, 1), '1900-01-01T00:00:00.000Z'],
  [0, '1970-01-01T00:00:00.000Z'],
  [Date.UTC(9999, 11, 29, 23), '9999-12-29T23:00:00.000Z'],
])('c23: %p is a time that a mail can have', (ms, time) => expect(mailTime(ms)).toBe(time));

test.each([
  NaN,
  -Infinity,
  Infinity,
  Date.UTC(1899, 11, 31),
  Date.UTC(9999, 11, 31, 12),
  Date.UTC(10_000, 0, 1),
])('c23: %p is none: databases refuse it, or its text sorts before all others', (ms) =>
  expect(mailTime(ms)).toBeNull()
);
