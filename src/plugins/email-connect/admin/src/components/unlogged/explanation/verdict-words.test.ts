import { ignoreReason, verdictKind, type VerdictAnswer } from '../../../../../shared/contracts/explanation';
import { isTextKey } from '../../../hooks/use-text';
import { canBeLogged, verdictWords } from './verdict-words';

const verdict = (part: Partial<VerdictAnswer>): VerdictAnswer => ({
  kind: 'ignore',
  reason: null,
  code: '',
  threadDocumentId: null,
  messageDocumentId: null,
  ...part,
});

describe('P9: the words of a verdict', () => {
  it.each(verdictKind.options)('there is a word for %s', (kind) => {
    expect(isTextKey(verdictWords(verdict({ kind })).word)).toBe(true);
  });

  it.each(ignoreReason.options)('there are words for %s', (reason) => {
    expect(isTextKey(verdictWords(verdict({ reason })).reason ?? '')).toBe(true);
  });

  it('S28: says why a message is held back', () => {
    const held = verdict({ kind: 'hold', code: 'LOG_SENDER_UNVERIFIED' });
    expect(verdictWords(held)).toEqual({
      variant: 'warning',
      word: 'verdict.hold',
      reason: 'verdict.reason.LOG_SENDER_UNVERIFIED',
    });
  });

  it('offers to log what is not logged, and nothing else', () => {
    expect(canBeLogged(verdict({ reason: 'no-known-reference' }))).toBe(true);
    expect(canBeLogged(verdict({ kind: 'hold' }))).toBe(true);
    expect(canBeLogged(verdict({ kind: 'known' }))).toBe(false);
    expect(canBeLogged(verdict({ reason: 'draft' }))).toBe(false);
  });
});
