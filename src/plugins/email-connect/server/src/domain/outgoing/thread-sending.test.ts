import type { DeliveryStatus } from './outgoing';
import { threadSending } from './thread-sending';

const mail = (deliveryStatus: DeliveryStatus, isNewest = false) => ({ deliveryStatus, isNewest });

describe('S48: what was not sent never looks sent in a list', () => {
  test.each([
    ['nothing but sent mail', [mail('sent'), mail('sent', true)], null],
    ['one that waits', [mail('queued'), mail('sent', true)], 'queued'],
    ['one that a person is asked about, behind others', [mail('queued', true), mail('asked')], 'asked'],
    ['one that is held', [mail('held'), mail('unknown')], 'held'],
    ['the newest was refused', [mail('sent'), mail('failed', true)], 'failed'],
    ['the newest came back', [mail('bounced', true)], 'bounced'],
    ['one was refused, and the conversation went on', [mail('failed'), mail('sent', true)], null],
    ['the newest was cancelled', [mail('cancelled', true)], null],
    ['no mail of ours', [], null],
  ] as const)('%s', (_, mails, expected) => {
    expect(threadSending(mails)).toBe(expected);
  });
});
