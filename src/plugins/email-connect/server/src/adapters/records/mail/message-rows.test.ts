import { previewOf } from './message-rows';

describe('previewOf', () => {
  it('is what the writer wrote, on one line, without the history that the mail quotes', () => {
    expect(previewOf('Hello Ann,\n\n  yes.\n\nOn Monday, Ann wrote:\n> Shall we?')).toBe('Hello Ann, yes.');
  });

  it('is cut between characters, never within one', () => {
    expect([...previewOf('😀'.repeat(400))]).toHaveLength(160);
  });

  it('S47: looks at the beginning only, however long the text is', () => {
    const quotes = 'On Monday, Ann wrote:\n' + '> and so on\n'.repeat(10_000);
    expect(previewOf(`${quotes}\nI agree.`)).toMatch(/^On Monday, Ann wrote: > and so on/);
    expect(previewOf(`${quotes.slice(0, 1_210)}\nI agree.`)).toBe('I agree.');
    expect(previewOf(':\n'.repeat(1_000_000))).toMatch(/^: : :/);
  });
});
