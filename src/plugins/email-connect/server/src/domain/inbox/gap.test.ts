import { gapOf } from './gap';

const at = (time: string): number => Date.parse(`2026-03-01T${time}:00Z`);
const change = (time: string, direction: 'incoming' | 'outgoing' = 'incoming') => ({
  receivedAt: new Date(at(time)).toISOString(),
  direction,
});

it('S7: counts the replies that came while nobody read', () => {
  const changes = [
    change('09:59'),
    change('10:10'),
    change('10:20'),
    change('10:25', 'outgoing'),
    change('10:31'),
  ];
  expect(gapOf('2026-03-01T10:00:00.000Z', at('10:30'), changes)).toEqual({
    from: '2026-03-01T10:00:00.000Z',
    to: '2026-03-01T10:30:00.000Z',
    recovered: 2,
  });
});

it('a gap that brought nothing is one all the same', () => {
  expect(gapOf('2026-03-01T10:00:00.000Z', at('10:30'), [])).toMatchObject({ recovered: 0 });
});

it('a restart is no gap, and neither is the first pass of all', () => {
  expect(gapOf('2026-03-01T10:00:00.000Z', at('10:04'), [change('10:02')])).toBeNull();
  expect(gapOf(null, at('10:30'), [])).toBeNull();
});

it('S7: what came in the second of the last pass, after it, is counted: a mail server tells no fractions', () => {
  expect(gapOf('2026-03-01T10:00:00.400Z', at('10:30'), [change('10:00')])).toMatchObject({ recovered: 1 });
});
