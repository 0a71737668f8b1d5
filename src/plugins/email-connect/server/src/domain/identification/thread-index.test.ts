import { newThreadIndex, threadIndexFrom, threadIndexRootOf } from './thread-index';

const random16 = Uint8Array.from({ length: 16 }, (_, i) => 0xf0 + i);

describe('threadIndexRootOf', () => {
  const base64 = (bytes: number[]) => btoa(String.fromCharCode(...bytes));
  const bytes = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  const hex22 = '0102030405060708090a0b0c0d0e0f10111213141516';

  it.each<[string, string, string | null]>([
    ['the root itself', base64(bytes(22)), hex22],
    ['one reply', base64(bytes(27)), hex22],
    ['forty replies', base64(bytes(222)), hex22],
    ['folded', `${base64(bytes(27)).slice(0, 10)}\r\n ${base64(bytes(27)).slice(10)}`, hex22],
    ['without padding', base64(bytes(22)).replace(/=/g, ''), hex22],
    ['as an encoded word', `=?utf-8?Q?${base64(bytes(22)).replace(/=/g, '=3D')}?=`, hex22],
    ['too short', base64(bytes(21)), null],
    ['no base64', '*'.repeat(40), null],
    ['empty', '', null],
  ])('%s', (_, value, expected) => {
    expect(threadIndexRootOf(value)).toBe(expected);
  });
});

describe('newThreadIndex', () => {
  it('is 0x01, five bytes of time, 16 random bytes (MS-OXOMSG 2.2.1.3)', () => {
    // 2018-05-25T08:21:10Z is FILETIME 0x01D3F401_3C8F_xxxx.
    const { base64, rootHex } = newThreadIndex(new Date('2018-05-25T08:21:10Z'), random16);
    expect(rootHex).toMatch(/^0101d3f4[0-9a-f]{4}f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff$/);
    expect(base64).toMatch(/^AQHT9/);
    expect(atob(base64)).toHaveLength(22);
  });

  it('gives a root that a reply is recognised by (P5)', () => {
    const { base64, rootHex } = newThreadIndex(new Date('2026-03-01T10:00:00Z'), random16);
    const reply = btoa(`${atob(base64)}\x80\x01\x02\x03\x04`);
    expect(threadIndexRootOf(reply)).toBe(rootHex);
    expect(threadIndexFrom(rootHex)).toEqual({ base64, rootHex });
  });

  it('tells two threads of one moment apart', () => {
    const now = new Date('2026-03-01T10:00:00Z');
    expect(newThreadIndex(now, random16).rootHex).not.toBe(newThreadIndex(now, new Uint8Array(16)).rootHex);
  });

  it('refuses too few random bytes, and a root of another length', () => {
    expect(() => newThreadIndex(new Date(), new Uint8Array(15))).toThrow('16 random bytes');
    expect(() => threadIndexFrom('01aa')).toThrow('22 bytes');
    expect(() => threadIndexFrom('zz'.repeat(22))).toThrow('22 bytes');
  });
});
