import { uid } from '../../testing/fakes/build-mail';
import { EmailConnectError } from '../errors';
import { afterLoss, chunksBeside, isLoss, isToBeSetAside, sizeBeside } from './suspect';
import type { Suspect } from './suspect';

const message = (imapUid: number) => ({ imapUids: [uid(imapUid)], what: 'message' as const });
const headers = (...imapUids: number[]) => ({ imapUids: imapUids.map(uid), what: 'headers' as const });
const suspect = (imapUid: number, losses: number): Suspect => ({ imapUid: uid(imapUid), losses });

describe('P1: the message at which a server drops the connection', () => {
  test('is counted while it is the same, and anew at another', () => {
    expect(afterLoss(null, message(5))).toEqual(suspect(5, 1));
    expect(afterLoss(suspect(5, 1), message(5))).toEqual(suspect(5, 2));
    expect(afterLoss(suspect(5, 2), message(6))).toEqual(suspect(6, 1));
  });

  test('is set aside at the third loss, and only where nothing else was asked for with it', () => {
    expect(isToBeSetAside(suspect(5, 1), message(5))).toBe(false);
    expect(isToBeSetAside(suspect(5, 2), message(5))).toBe(true);
    expect(isToBeSetAside(suspect(5, 2), message(6))).toBe(false);
    expect(isToBeSetAside(suspect(5, 9), headers(5, 6))).toBe(false);
  });

  test('is searched for among headers in ever smaller parts, and found alone', () => {
    const all = Array.from({ length: 250 }, (_, i) => i + 1);
    for (const poison of [1, 100, 249, 250]) {
      let at: Suspect | null = null;
      let losses = 0;
      for (;;) {
        const lost = [...chunksBeside(all.map(uid), at, 250)].find(({ uids }) => uids.includes(uid(poison)));
        const asked = { imapUids: lost?.uids ?? [], what: 'headers' as const };
        losses += 1;
        if (isToBeSetAside(at, asked)) break;
        at = afterLoss(at, asked);
      }
      expect(losses).toBeLessThanOrEqual(8);
    }
  });

  test.each([1, 2, 5, 6])('of a few is found at once, and set aside at the third loss: %s of 6', (poison) => {
    const few = [1, 2, 3, 4, 5, 6].map(uid);
    let at: Suspect | null = null;
    for (const isLast of [false, false, true]) {
      const lost = [...chunksBeside(few, at, 250)].find(({ uids }) => uids.includes(uid(poison)));
      const asked = { imapUids: lost?.uids ?? [], what: 'headers' as const };
      expect(isToBeSetAside(at, asked)).toBe(isLast);
      at = afterLoss(at, asked);
    }
  });

  test('has nothing asked for beside it; what comes before and long after it is read as ever', () => {
    const uids = Array.from({ length: 10 }, (_, i) => uid(i + 1));
    expect([...chunksBeside(uids, suspect(4, 1), 4)]).toEqual([
      { uids: [1, 2, 3], isSuspect: false },
      ...[4, 5, 6, 7].map((imapUid) => ({ uids: [imapUid], isSuspect: true })),
      { uids: [8, 9, 10], isSuspect: false },
    ]);
    expect([...chunksBeside(uids, suspect(99, 3), 250)]).toEqual([{ uids, isSuspect: false }]);
    expect(sizeBeside(suspect(4, 1), 250)).toBe(62);
  });

  test.each([
    ['CONNECTION_LOST', true],
    ['CONNECTION_TIMED_OUT', true],
    ['SERVER_THROTTLED', false],
    ['LEASE_LOST', false],
  ] as const)('%s is one: %s', (code, expected) => {
    expect(isLoss(new EmailConnectError(code, '', ''))).toBe(expected);
  });
});
