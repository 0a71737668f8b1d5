import { parseMailboxes } from './parse-mailboxes';

describe('parseMailboxes', () => {
  it.each<[written: string, people: [displayName: string, address: string][]]>([
    ['ann@x.example', [['', 'ann@x.example']]],
    ['<ann@x.example>', [['', 'ann@x.example']]],
    ['Ann Example <ann@x.example>', [['Ann Example', 'ann@x.example']]],
    ['"Ann Example"<ann@x.example>', [['Ann Example', 'ann@x.example']]],
    ["'Ann Example' <ann@x.example>", [['Ann Example', 'ann@x.example']]],
    ['*Ann Example* <ann@x.example>', [['Ann Example', 'ann@x.example']]],
    ['Ann Example (ann@x.example)', [['Ann Example', 'ann@x.example']]],
    ['Ann Example [mailto:ann@x.example]', [['Ann Example', 'ann@x.example']]],
    ['ann@x.example [mailto:ann@x.example]', [['', 'ann@x.example']]],
    ['Ann Example <ann@x.example<mailto:ann@x.example>>', [['Ann Example', 'ann@x.example']]],
    ['"boss@x.example" <ann@y.example>', [['boss@x.example', 'ann@y.example']]],
    ['Ann <ann@x.example> On Behalf Of Bob', [['Ann', 'ann@x.example']]],
    ['Анна <ann@почта.рф>', [['Анна', 'ann@почта.рф']]],
    [
      'a@x.example, "Cem, Jr." <c@x.example>',
      [
        ['', 'a@x.example'],
        ['Cem, Jr.', 'c@x.example'],
      ],
    ],
    [
      'Doe, Ann <a@x.example>; Roe, Cem <c@x.example>',
      [
        ['Doe, Ann', 'a@x.example'],
        ['Roe, Cem', 'c@x.example'],
      ],
    ],
    ['Doe, Ann <a@x.example>', [['Doe, Ann', 'a@x.example']]],
    ['Ann Example; Bob <b@x.example>', [['Bob', 'b@x.example']]],
    ['Ann Example', []],
    ['ann@-x', []],
    ['undisclosed-recipients:;', []],
    ['', []],
  ])('reads people as programs write them: %s', (written, people) => {
    expect(parseMailboxes(written)).toEqual(
      people.map(([displayName, address]) => ({ displayName, address }))
    );
  });

  it('ends at 500 people and comes back from any length', () => {
    expect(parseMailboxes('a@x.example,'.repeat(1_000))).toHaveLength(500);
    for (const bait of ['"', ',', 'a,', ';"', '<', 'a@', '"a" <'])
      expect(() => parseMailboxes(bait.repeat(500_000))).not.toThrow();
  });
});
