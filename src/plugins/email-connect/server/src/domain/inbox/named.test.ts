import { inboxWith } from '../../testing/fakes/mailbox-scene';
import { firstToSendFrom, namedBeside, nameUsers, toSendFrom } from './named';
import type { AdminUser, Named } from './named';

const user = (documentId: string, firstName: string, lastName = ''): AdminUser => ({
  documentId,
  firstName,
  lastName,
  email: `${documentId}@crm.test`,
  isActive: true,
  mayOwn: true,
});

test('w70: the owner is not named besides: who hands an inbox over keeps nothing of it', () => {
  const vic: Named = { kind: 'user', documentId: 'vic' };
  const sales: Named = { kind: 'role', documentId: 'sales' };
  expect(namedBeside('vic', [vic, sales, sales])).toEqual([sales]);
  expect(namedBeside('uma', [vic, vic, sales])).toEqual([vic, sales]);
  expect(namedBeside('sales', [sales])).toEqual([sales]);
});

test('S33: an address is told only of people whose name does not tell who they are', () => {
  const names = nameUsers([user('a', 'Vic', 'Vale'), user('b', 'Uma'), user('c', 'Uma'), user('d', '')]);
  expect([...names.values()]).toEqual(['Vic Vale', 'Uma (b@crm.test)', 'Uma (c@crm.test)', 'd@crm.test']);
});

describe('S3: the inbox from which somebody sends who chose none', () => {
  const consent = (givenBy: string) => ({ givenBy, givenAt: '', textVersion: '1' });
  const handedOver = inboxWith({ documentId: 'handed', ownerDocumentId: 'vic', consent: consent('uma') });
  const own = inboxWith({ documentId: 'own', ownerDocumentId: 'vic', consent: consent('vic') });
  const sales = inboxWith({ documentId: 'sales', ownerDocumentId: 'uma', consent: consent('uma') });

  test('w70: is one that they connected, whatever was handed to them', () => {
    expect(firstToSendFrom([handedOver, own], 'vic')).toBe(own);
    expect(firstToSendFrom([handedOver], 'vic')).toBe(handedOver);
  });

  test('is none on which they are only named, and none that is disconnected', () => {
    expect(firstToSendFrom([sales, { ...own, state: 'disconnected' }], 'vic')).toBeNull();
    expect(toSendFrom([sales, handedOver, own], 'vic')).toEqual([own, handedOver, sales]);
  });
});
