import { readTrace } from './trace';

it('S28: trace fields in the order of the message, unfolded, and no other field', () => {
  const header =
    'X-Canary: 1\r\nReceived: from a\r\n\tby b; now\r\nReceived-SPF: pass\r\nAUTHENTICATION-RESULTS: b;\r\n spf=none\r\nreceived: by c\r\n\r\nReceived: body';
  expect(readTrace(header)).toEqual([
    { name: 'received', value: 'from a by b; now' },
    { name: 'authentication-results', value: 'b; spf=none' },
    { name: 'received', value: 'by c' },
  ]);
});

it('S47: the topmost hundred, and of none of them more than anybody writes', () => {
  const trace = readTrace(`Received: ${'x'.repeat(50_000)}\r\n`.repeat(150));
  expect(trace).toHaveLength(100);
  expect(trace.every(({ value }) => value.length <= 20_000)).toBe(true);
});
