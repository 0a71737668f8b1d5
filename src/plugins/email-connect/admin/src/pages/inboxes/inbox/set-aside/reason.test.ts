import { reasonOf } from './reason';

describe('the reason why a message is set aside', () => {
  it('is that of its code', () => {
    expect(reasonOf({ code: 'LOG_SENDER_UNKNOWN', kind: 'held' })).toBe(
      'set-aside.reason.LOG_SENDER_UNKNOWN'
    );
  });

  it('is that of its kind for a code without words', () => {
    expect(reasonOf({ code: 'SOMETHING_NEW', kind: 'unreadable' })).toBe('set-aside.reason.unreadable');
  });
});
