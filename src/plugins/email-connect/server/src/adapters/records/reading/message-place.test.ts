import { messagePageRequest } from '../../../../../shared/contracts/message';
import { readPlace, writePlace } from './message-place';

describe('the place where a page of messages ends', () => {
  it.each(['2026-03-01T10:00:05.123Z', '1970-01-01T00:00:00.000Z', '1901-02-03T04:05:06.000Z'])(
    'is read as it was written, and passes the door: %s',
    (receivedAt) => {
      for (const id of [1, 2 ** 31 - 1]) {
        const written = writePlace({ receivedAt, id });
        expect(readPlace(written)).toEqual({ receivedAt, id });
        expect(messagePageRequest.parse({ before: written }).before).toBe(written);
      }
    }
  );

  it.each(['', '.', '1', '.1', 'zzzzzzzzzzz.1', '1.zzzzzz', '-zzzzzzzzzzz.1'])(
    'that no answer gave is refused: "%s"',
    (text) => {
      expect(() => readPlace(text)).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
    }
  );

  it.each(['1', "1' or 1=1", '1.1.1', 'Z.1', `${'1'.repeat(40)}.1`, 7, ['1.1', '2.2']])(
    'is turned away at the door: %j',
    (before) => {
      expect(messagePageRequest.safeParse({ before }).success).toBe(false);
    }
  );
});
