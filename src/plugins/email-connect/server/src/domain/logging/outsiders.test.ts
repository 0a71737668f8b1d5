import { headersWith } from '../../testing/fakes/build-mail';
import { authorsOf } from '../message/participants';
import { isOfTeam, outsidersOf } from './outsiders';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: '' }));
const team = { addresses: new Set(['us@crm.test']), domains: new Set(['group.test']) };

it.each([
  ['us@crm.test', true],
  ['boss@group.test', true],
  ['other@crm.test', false],
  ['us@sub.group.test', false],
  ['group.test@else.test', false],
  ['', false],
])('P8: %s is one of us: %s', (address, expected) => {
  expect(isOfTeam(address, team)).toBe(expected);
});

it('P8: who is none of us, in every field, each once', () => {
  const headers = headersWith({
    from: at('US@crm.test'),
    replyTo: at('ann@customer.test'),
    to: at('Ann@Customer.test', 'boss@group.test'),
    cc: at('bob@else.test', 'nobody'),
  });
  expect(outsidersOf(headers, team)).toEqual(['ann@customer.test', 'bob@else.test']);
});

it.each([
  ['From', at('Ann@Customer.test'), at('secretary@customer.test'), ['ann@customer.test']],
  ['Sender, where there is no From', [], at('Secretary@customer.test'), ['secretary@customer.test']],
  ['nobody', [], [], []],
])('the author is %s', (_, from, sender, expected) => {
  expect(authorsOf({ from, sender })).toEqual(expected);
});
