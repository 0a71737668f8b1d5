import { inStatements, statementBytes } from './statement-limit';

const row = (id: number, text: string) => ({ id, text });
const idsOf = (statements: { id: number }[][]) => statements.map((rows) => rows.map(({ id }) => id));

test('P1: rows share a statement as far as it has room; a large one has its own, and one beyond all is refused', () => {
  const rows = [
    row(1, 'x'),
    row(2, 'x'.repeat(90_000)),
    row(3, 'y'),
    row(4, 'z'.repeat(150_000)),
    row(5, 'x'),
  ];
  expect(idsOf(inStatements(rows, { usual: 100_000, most: Infinity }))).toEqual([[1, 2], [3], [4], [5]]);
  expect(() => inStatements(rows, { usual: 100_000, most: 100_000 })).toThrow(
    expect.objectContaining({ code: 'ER_NET_PACKET_TOO_LARGE' })
  );
});

test('what the driver escapes, and characters of several bytes, count as they are sent', () => {
  const plain = statementBytes(row(1, 'x'.repeat(1_000)));
  expect(statementBytes(row(1, "'".repeat(1_000)))).toBe(plain + 1_000);
  expect(statementBytes(row(1, '\n'.repeat(1_000)))).toBe(plain + 1_000);
  expect(statementBytes(row(1, 'ä'.repeat(1_000)))).toBe(plain + 1_000);
});
