import type { SendMessageAnswer } from '../../../../shared/contracts/message';
import type { Problem } from '../../api/problem';
import { isOver, isSentBefore, keyAfterAnswer, keyAfterProblem, mintSendKey } from './send-key';

const key = { value: 'first-key-of-a-mail', isDoubted: false };
const doubted = { ...key, isDoubted: true };
const other = { value: 'another-key-of-a-mail', isDoubted: false };
const mint = () => other;

const told = (code: string): Problem => ({ kind: 'told', code, message: '', nextStep: '', detail: '' });
const answer = (deliveryStatus: SendMessageAnswer['deliveryStatus']): SendMessageAnswer => ({
  messageDocumentId: 'm1',
  threadDocumentId: 't1',
  deliveryStatus,
  notice: '',
});

describe('S51: the key of a press', () => {
  it('is one that the server takes, and another each time', () => {
    const [one, two] = [mintSendKey(), mintSendKey()];
    expect(one.value).toMatch(/^[0-9a-f]{32}$/);
    expect(two.value).not.toBe(one.value);
  });

  it.each(['unreachable', 'unreadable', 'unexpected'] as const)(
    'stays when the answer is lost: %s',
    (reason) => {
      expect(keyAfterProblem(key, { kind: 'untold', reason }, mint)).toEqual(doubted);
    }
  );

  it.each(['not-allowed', 'not-found'] as const)(
    'stays where the server let nobody in, and nothing is doubted: %s',
    (reason) => {
      expect(keyAfterProblem(key, { kind: 'untold', reason }, mint)).toEqual(key);
      expect(keyAfterProblem(doubted, { kind: 'untold', reason }, mint)).toEqual(doubted);
    }
  );

  it.each(['RECIPIENT_REFUSED', 'LOGIN_REFUSED', 'INBOX_NOT_CONNECTED', 'CONNECTION_LOST'])(
    'is a new one after a refusal, also after a lost answer: %s',
    (code) => {
      expect(keyAfterProblem(key, told(code), mint)).toBe(other);
      expect(keyAfterProblem(doubted, told(code), mint)).toBe(other);
    }
  );

  it.each(['UNEXPECTED', 'DATABASE_BUSY', 'STORAGE_FAILED', 'MESSAGE_UNDER_WAY', 'SEND_KEY_USED'])(
    'stays where a mail may be under way: %s',
    (code) => {
      expect(keyAfterProblem(key, told(code), mint)).toEqual(key);
    }
  );

  it.each(['INPUT_INVALID', 'MESSAGE_TOO_LARGE', 'NOT_FOUND', 'NOT_ALLOWED', 'RATE_LIMITED'])(
    'stays after a lost answer where the server may not have looked at it yet: %s',
    (code) => {
      expect(keyAfterProblem(doubted, told(code), mint)).toEqual(doubted);
      expect(keyAfterProblem(key, told(code), mint)).toBe(other);
    }
  );

  it.each([
    ['cancelled', true],
    ['failed', true],
    ['held', false],
    ['queued', false],
    ['sent', false],
    ['unknown', false],
    ['asked', false],
  ] as const)('is over once its mail is: %s', (deliveryStatus, over) => {
    expect(isOver(answer(deliveryStatus))).toBe(over);
    expect(keyAfterAnswer(key, answer(deliveryStatus), mint)).toBe(over ? other : key);
  });

  it('has made a mail of other words when the server says so', () => {
    expect(isSentBefore(told('SEND_KEY_USED'))).toBe(true);
    expect(isSentBefore(told('INPUT_INVALID'))).toBe(false);
    expect(isSentBefore({ kind: 'untold', reason: 'unreachable' })).toBe(false);
    expect(isSentBefore(null)).toBe(false);
  });
});
