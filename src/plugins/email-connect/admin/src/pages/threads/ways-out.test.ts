import { needsAnswer, readerOf, waysOut } from './ways-out';

const owner = { isOwn: true, isConnected: true, managesAll: false };
const manager = { isOwn: false, isConnected: false, managesAll: true };
const colleague = { isOwn: false, isConnected: false, managesAll: false };
const disconnected = { isOwn: true, isConnected: false, managesAll: false };

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

  it('S4: from a disconnected inbox nothing goes out, and what waits can be taken back', () => {
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

describe('S4: whose mail it is', () => {
  const ownInboxes = [
    { documentId: 'before', state: 'disconnected' },
    { documentId: 'now', state: 'ok' },
  ];

  it.each([
    ['written from their inbox', 'now', owner],
    ['written from one that they disconnected, also when they have another', 'before', disconnected],
    ['written by a colleague', 'another', colleague],
    ['not written here', null, colleague],
  ])('%s', (_name, inboxDocumentId, expected) => {
    expect(readerOf({ inboxDocumentId }, ownInboxes, false)).toEqual(expected);
  });

  it('of who has no inbox is none', () => {
    expect(readerOf({ inboxDocumentId: 'now' }, [], true)).toEqual(manager);
  });
});
