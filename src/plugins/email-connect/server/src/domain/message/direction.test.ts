import { directionOf } from './direction';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));

it.each<[string, string[], string[], string]>([
  ['from someone else', ['ann@customer.test'], [], 'incoming'],
  ['from the inbox', ['us@crm.test'], [], 'outgoing'],
  ['from the inbox, in capitals', ['Us@CRM.test'], [], 'outgoing'],
  ['from several, the inbox among them', ['boss@crm.test', 'us@crm.test'], [], 'outgoing'],
  ['sent by the inbox for someone else', ['boss@crm.test'], ['us@crm.test'], 'incoming'],
  ['no From', [], ['us@crm.test'], 'outgoing'],
  ['nobody', [], [], 'incoming'],
])('%s', (_, from, sender, expected) => {
  expect(directionOf({ from: at(...from), sender: at(...sender) }, 'us@crm.test')).toBe(expected);
});
