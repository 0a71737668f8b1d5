import type { Message } from '../../../../shared/contracts/message';
import { answeredAgain, newestAnswerable } from './answerable';
import { testMessage } from './test-message';

const sent = (documentId: string, deliveryStatus: Message['deliveryStatus']): Message =>
  testMessage(documentId, { direction: 'outgoing', deliveryStatus });

describe('S51: what can be answered', () => {
  it.each(['queued', 'held', 'unknown', 'asked', 'failed', 'cancelled', 'bounced'] as const)(
    'is not a mail that its recipients may not have: %s',
    (status) => {
      const messages = [testMessage('came'), sent('mine', status)];
      expect(newestAnswerable(messages)?.documentId).toBe('came');
      expect(newestAnswerable([sent('mine', status)])).toBeUndefined();
    }
  );

  it.each(['sent', 'delayed', null] as const)('is the newest that came or went out: %s', (status) => {
    expect(newestAnswerable([testMessage('came'), sent('mine', status)])?.documentId).toBe('mine');
  });

  it.each(['facts', 'subject'] as const)('S42: is no mail of which only this is told: %s', (level) => {
    const hidden = testMessage('hidden', { level });
    expect(newestAnswerable([testMessage('told'), hidden])?.documentId).toBe('told');
    expect(newestAnswerable([hidden])).toBeUndefined();
  });

  it('P6: is no bounce and no automatic reply', () => {
    const bounce = testMessage('bounce', { notice: 'bounce' });
    expect(newestAnswerable([sent('mine', 'sent'), bounce])?.documentId).toBe('mine');
    expect(newestAnswerable([bounce])).toBeUndefined();
  });
});

describe('S51: what a mail answers that is sent anew', () => {
  it('is what could be answered before it was written, not what came since', () => {
    const failed = sent('failed', 'failed');
    const messages = [testMessage('first'), sent('waits', 'queued'), failed, testMessage('later')];
    expect(answeredAgain(messages, failed)?.documentId).toBe('first');
  });

  it('is nothing for one that began its conversation', () => {
    const failed = sent('failed', 'failed');
    expect(answeredAgain([failed, testMessage('later')], failed)).toBeUndefined();
    expect(answeredAgain([], failed)).toBeUndefined();
  });
});
