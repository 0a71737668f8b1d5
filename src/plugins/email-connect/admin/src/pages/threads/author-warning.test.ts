import type { MessageSummary } from '../../../../shared/contracts/message';
import { authorWarning } from './author-warning';
import { testMessage } from './test-message';

const warningOf = (...marks: MessageSummary['marks']) =>
  authorWarning(testMessage('m', { marks, from: { address: 'lena@Elsewhere.test', displayName: 'Lena' } }));

it('S44: an author without a mark is not warned of', () => {
  expect([warningOf(), warningOf('signed', 'tnef', 'unproven')]).toEqual([null, null]);
});

it('S44: one warning for all that is known of the author, the strongest where DMARC failed for a newcomer', () => {
  expect(warningOf('signed', 'dmarc-failed', 'borrowed-name')).toEqual({
    line: { tone: 'danger', key: 'message.mark.borrowed-name.unconfirmed' },
    tone: 'danger',
    title: 'message.mark.unconfirmed',
    more: ['message.mark.borrowed-name.explained', 'message.mark.dmarc-failed.check'],
    values: { address: 'lena@Elsewhere.test', domain: 'Elsewhere.test' },
  });
  expect(warningOf('dmarc-failed', 'new-address')).toMatchObject({
    line: { tone: 'danger', key: 'message.mark.new-address.unconfirmed' },
    tone: 'danger',
    more: ['message.mark.new-address.explained', 'message.mark.dmarc-failed.check'],
  });
});

it('S44: a known author whose DMARC failed is warned of calmly: lists and forwards break it', () => {
  expect(warningOf('dmarc-failed')).toMatchObject({
    line: { tone: 'warning', key: 'message.mark.dmarc-failed' },
    tone: 'warning',
    title: 'message.mark.dmarc-failed.explained',
    more: ['message.mark.dmarc-failed.reason'],
  });
});

it.each([
  ['new-address', 'warning'],
  ['borrowed-name', 'danger'],
] as const)('S44: %s alone', (mark, tone) => {
  expect(warningOf(mark)).toMatchObject({
    line: { tone, key: `message.mark.${mark}` },
    tone: 'warning',
    title: `message.mark.${mark}.explained`,
    more: [],
  });
});
