import { headersWith, id } from '../../testing/fakes/build-mail';
import type { MessageHeaders } from './message';
import { dedupIdentity, fingerprint } from './dedup-identity';

const from = (address: string, displayName = '') => ({ from: [{ address, displayName }] });

describe('dedupIdentity', () => {
  it.each<[string, string, boolean]>([
    ['an ordinary id', 'a.1@x.test', true],
    ['an id with an address literal', 'a@[192.0.2.1]', true],
    ['an id of two @', 'a@b@x.test', true],
    ['no @', '12345678', false],
    ['nothing before the @', '@x.test', false],
    ['nothing after the @', 'a.1@', false],
    ['signs only after the @', 'a.1@.', false],
  ])('%s', (_, messageId, isPlausible) => {
    const identity = dedupIdentity(headersWith({ messageId: id(messageId) }), 10);
    expect(identity === messageId).toBe(isPlausible);
  });

  it('c33: is the same in every folder, whatever the server adds', () => {
    const copy = headersWith({ subject: '[EXT] Re: Offer', returnPath: '<>' });
    expect(dedupIdentity(copy, 999)).toBe(dedupIdentity(headersWith(), 10));
  });

  describe('c31: without a Message-ID', () => {
    const mail = headersWith({ messageId: null });

    it('is the same for the same mail', () => {
      expect(dedupIdentity(headersWith({ messageId: null, ...from('ANN@customer.test', 'A') }), 10)).toBe(
        dedupIdentity(mail, 10)
      );
    });

    it.each<[string, Partial<MessageHeaders>, number]>([
      ['another size', {}, 11],
      ['another author', from('bob@customer.test'), 10],
      ['another date', { sentAt: '2026-03-01T10:00:01.000Z' }, 10],
      ['no date', { sentAt: null }, 10],
      ['another subject', { subject: 'Offer' }, 10],
    ])('tells apart: %s', (_, change, size) => {
      expect(dedupIdentity(headersWith({ messageId: null, ...change }), size)).not.toBe(
        dedupIdentity(mail, 10)
      );
    });

    it('cannot be written as a Message-ID, nor by moving text between two fields', () => {
      expect(dedupIdentity(mail, 10)).toMatch(/^synthetic /);
      const a = headersWith({ messageId: null, sentAt: null, subject: 'x","y' });
      const b = headersWith({ messageId: null, sentAt: 'x', subject: 'y' });
      expect(dedupIdentity(a, 10)).not.toBe(dedupIdentity(b, 10));
    });
  });
});

describe('c32: fingerprint', () => {
  it.each<[string, Partial<MessageHeaders>, boolean]>([
    ['the same', {}, true],
    ['tagged by a gateway', { subject: '[EXTERNAL] Re: Offer' }, true],
    ['another display name', from('ANN@customer.test', 'A. Bell'), true],
    ['another Message-ID', { messageId: id('b@x') }, true],
    ['c51: another author, put there by a list', from('list@x.test', 'Ann via list'), true],
    ['another date', { sentAt: '2026-03-02T10:00:00.000Z' }, false],
    ['another subject', { subject: 'Invoice' }, false],
  ])('%s', (_, change, same) => {
    expect(fingerprint(headersWith(change)) === fingerprint(headersWith())).toBe(same);
  });
});
