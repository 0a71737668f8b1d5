import { readCommand } from './command-under-way';

const fetching = (value: string) => ({ command: 'uid fetch', attributes: [{ type: 'SEQUENCE', value }] });

test.each([
  ['7', 1],
  ['1:4,7', 5],
  ['4:1', 4],
  ['*', 1],
  ['1:*', 1_000_000],
  ['1:4294967295', 1_000_000],
  ['', 0],
])('S47: %s names %i messages', (set, asked) => {
  expect(readCommand(fetching(set))).toEqual({ name: 'UID FETCH', asked });
});

test.each([[false], [null], [{}], [{ command: 7 }], [{ command: 'IDLE', attributes: false }]])(
  'S47: what imapflow has of no command, or of another form, asks for nothing: %j',
  (request) => {
    expect(readCommand(request).asked).toBe(0);
  }
);
