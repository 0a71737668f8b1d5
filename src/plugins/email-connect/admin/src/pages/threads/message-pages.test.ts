import { reloadSize, withEarlier, withMessage, withNewest, withoutMessage } from './message-pages';
import { testMessage } from './test-message';

/** By the minutes at which they came. */
const at = (...minutes: number[]) =>
  minutes.map((minute) =>
    testMessage(`m${minute}`, { receivedAt: `2026-03-01T10:${String(minute).padStart(2, '0')}:00.000Z` })
  );
const idsOf = ({ messages }: { messages: { documentId: string }[] }) =>
  messages.map(({ documentId }) => documentId).join(' ');

describe('a conversation of which the newest page is read anew', () => {
  const loaded = { messages: at(1, 2, 3, 4, 5), earlier: 'before 1' };

  it('keeps the earlier pages, and shows what came', () => {
    const now = withNewest(loaded, { messages: at(4, 5, 6), earlier: 'before 4' });
    expect([idsOf(now), now.earlier]).toEqual(['m1 m2 m3 m4 m5 m6', 'before 1']);
  });

  it('keeps each object that is the same, so that its card is not drawn again', () => {
    const changed = { ...testMessage('m5'), ...at(5)[0], deliveryStatus: 'bounced' as const };
    const now = withNewest(loaded, { messages: [...at(4), changed], earlier: 'before 4' });
    expect(now.messages[3]).toBe(loaded.messages[3]);
    expect(now.messages[4]).toBe(changed);
  });

  it('shows a late message in its place, and what was removed no more', () => {
    const now = withNewest(loaded, { messages: at(2, 3, 5), earlier: 'before 2' });
    expect([idsOf(now), now.earlier]).toEqual(['m1 m2 m3 m5', 'before 1']);
    const first = withNewest(
      { messages: at(3, 5), earlier: 'before 3' },
      { messages: at(2, 3, 5), earlier: null }
    );
    expect([idsOf(first), first.earlier]).toEqual(['m2 m3 m5', null]);
  });

  it('begins anew where more came than one page holds: nothing between may be missing', () => {
    const now = withNewest(loaded, { messages: at(20, 21), earlier: 'before 20' });
    expect([idsOf(now), now.earlier]).toEqual(['m20 m21', 'before 20']);
    expect(idsOf(withNewest(loaded, { messages: [], earlier: null }))).toBe('');
    expect(idsOf(withNewest(null, { messages: at(1), earlier: null }))).toBe('m1');
  });

  it('is read anew as far as it is shown, within what one request may ask for', () => {
    const sizeOf = (shown: number) =>
      reloadSize({ messages: at(...Array.from({ length: shown }, () => 1)), earlier: null });
    expect([reloadSize(null), sizeOf(3), sizeOf(30), sizeOf(400)]).toEqual([25, 25, 30, 100]);
  });
});

describe('the page before', () => {
  const loaded = { messages: at(4, 5), earlier: 'before 4' };

  it('stands above, each message once', () => {
    const now = withEarlier(loaded, { before: 'before 4', page: { messages: at(2, 3, 4), earlier: null } });
    expect([idsOf(now), now.earlier]).toEqual(['m2 m3 m4 m5', null]);
  });

  it('that belongs to another place is left out', () => {
    expect(withEarlier(loaded, { before: 'before 9', page: { messages: at(7, 8), earlier: null } })).toBe(
      loaded
    );
  });
});

describe('one message', () => {
  const loaded = { messages: at(4, 5), earlier: null };

  it('changes in its place, or goes', () => {
    const changed = testMessage('m4', { deliveryStatus: 'cancelled' });
    expect(withMessage(loaded, changed).messages).toEqual([changed, loaded.messages[1]]);
    expect(withMessage(loaded, testMessage('m9')).messages).toEqual(loaded.messages);
    expect(idsOf(withoutMessage(loaded, 'm4'))).toBe('m5');
  });
});
