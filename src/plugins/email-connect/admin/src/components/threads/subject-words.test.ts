import { subjectWords } from './subject-words';

describe('S42: a subject', () => {
  it.each([
    ['Winter storage', 'Winter storage'],
    ['', 'thread.no-subject'],
    [null, 'thread.subject-not-shown'],
  ])('w59: that is not told is not none: %p', (subject, words) => {
    expect(subjectWords(subject, (key) => key)).toBe(words);
  });
});
