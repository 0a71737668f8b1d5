import { isOwnMail, needsAnswer, waysOut } from './ways-out';

const owner = { isOwn: true, managesAll: false };
const manager = { isOwn: false, managesAll: true };
const colleague = { isOwn: false, managesAll: false };
const disconnected = { isOwn: null, managesAll: false };

describe('S51: the ways out of a state', () => {
  it.each([
    ['queued', ['cancel']],
    ['held', ['release', 'cancel']],
    ['unknown', []],
    ['asked', ['went-out', 'did-not', 'send-again']],
    ['failed', ['edit']],
    ['cancelled', ['edit']],
    ['sent', []],
    ['delayed', []],
    ['bounced', []],
    [null, []],
  ] as const)('for its owner: %s', (status, expected) => {
    expect(waysOut(status, owner)).toEqual(expected);
  });

  it('S4: who manages all may end a mail, but not send it in the name of another', () => {
    expect(waysOut('held', manager)).toEqual(['cancel']);
    expect(waysOut('asked', manager)).toEqual(['went-out', 'did-not']);
  });

  it('a colleague decides nothing about it, and may write it anew from an inbox of their own', () => {
    expect(waysOut('queued', colleague)).toEqual([]);
    expect(waysOut('held', colleague)).toEqual([]);
    expect(waysOut('asked', colleague)).toEqual([]);
    expect(waysOut('failed', colleague)).toEqual(['edit']);
  });

  it('S4: without a connected inbox nothing goes out, and what waits can be taken back', () => {
    expect(waysOut('held', disconnected)).toEqual(['cancel']);
    expect(waysOut('asked', disconnected)).toEqual(['went-out', 'did-not']);
  });

  it.each([
    ['asked', true],
    ['held', true],
    ['unknown', false],
    ['queued', false],
    ['failed', false],
  ] as const)('waits for a person: %s is %s', (deliveryStatus, expected) => {
    expect(needsAnswer({ deliveryStatus })).toBe(expected);
  });
});

describe('whose mail it is', () => {
  const yours = { documentId: 'i1', address: 'mara@shop.example', state: 'ok' };
  const from = (address: string) => ({ from: { address, displayName: '' } });

  it.each([
    ['sent from the address of their inbox', 'Mara@shop.example', 'i2', true],
    ['in a conversation of their inbox, which has another address now', 'old@shop.example', 'i1', true],
    ['of a colleague', 'ben@shop.example', 'i2', false],
  ])('%s', (_name, address, inboxDocumentId, expected) => {
    expect(isOwnMail(from(address), inboxDocumentId, yours)).toBe(expected);
  });

  it('is not known without a connected inbox', () => {
    expect(isOwnMail(from('mara@shop.example'), 'i1', null)).toBeNull();
  });
});
