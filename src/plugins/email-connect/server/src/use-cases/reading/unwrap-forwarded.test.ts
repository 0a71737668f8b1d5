import { headersWith } from '../../testing/fakes/build-mail';
import type { ParsedMessage } from '../../domain/message/message';
import { originalOf } from './unwrap-forwarded';

const forwarded = (change: Partial<ParsedMessage>) => ({
  direction: 'incoming' as const,
  receivedAt: '2026-03-04T10:00:05.000Z',
  parsed: {
    headers: headersWith({ subject: 'Fwd: Offer' }),
    text: '',
    html: '<p>Mine</p>',
    attachments: [],
    parsedAs: 'mime' as const,
    marks: [],
    embedded: [],
    ...change,
  },
});

describe('what a mail to the log address forwards', () => {
  const block = [
    'Please file this.',
    '',
    '---------- Forwarded message ---------',
    'From: Henry <henry@customer.test>',
    'Date: Tue, Mar 3, 2026 at 9:30 AM',
    'Subject: Inline',
    'To: <us@crm.test>',
    '',
    'The original.',
  ].join('\n');

  test.each([
    [120, '2026-03-03T07:30:00.000Z'],
    [-300, '2026-03-03T14:30:00.000Z'],
    // Nobody knows when that was: the time of the forward.
    [null, '2026-03-04T10:00:05.000Z'],
  ])('S27: in the text, has its time in the zone of who forwarded it (%s)', (sentZone, receivedAt) => {
    const headers = headersWith({ subject: 'Fwd: Inline', sentZone });
    const original = originalOf(forwarded({ headers, text: block }));
    expect(original).toMatchObject({ receivedAt, parsed: { text: 'The original.', html: '' } });
    expect(original?.parsed.headers.from).toEqual([{ address: 'henry@customer.test', displayName: 'Henry' }]);
  });

  test('S27: attached, says what it says itself, not what stands above it', () => {
    const headers = headersWith({ subject: 'Old', sentAt: '2026-03-02T08:15:00.000Z' });
    const text = 'Please file this.';
    expect(originalOf(forwarded({ text, embedded: [{ ...headers, text: 'Shall we talk?' }] }))).toEqual({
      receivedAt: '2026-03-02T08:15:00.000Z',
      parsed: expect.objectContaining({ headers, text: 'Shall we talk?', html: '' }),
    });
  });

  test('is nothing for a copy of one’s own mail, and where no original can be told', () => {
    expect(originalOf({ ...forwarded({ text: block }), direction: 'outgoing' })).toBeNull();
    expect(originalOf(forwarded({ text: 'Hello.' }))).toBeNull();
  });
});
