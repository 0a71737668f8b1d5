import { previewOf } from './message-rows';

describe('previewOf', () => {
  it('is what the writer wrote, on one line, without the history that the mail quotes', () => {
    expect(previewOf('Hello Ann,\n\n  yes.\n\nOn Monday, Ann wrote:\n> Shall we?')).toBe('Hello Ann, yes.');
  });

  it('is cut between characters, never within one', () => {
    expect([...previewOf('😀'.repeat(400))]).toHaveLength(160);
  });
});
