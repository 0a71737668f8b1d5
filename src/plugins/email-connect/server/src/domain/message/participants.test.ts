import { headersWith } from '../../testing/fakes/build-mail';
import { participantsOf } from './participants';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: 'X' }));

it('names everyone once, normalised', () => {
  const headers = headersWith({
    from: at('Ann@Customer.TEST'),
    sender: at('office@customer.test'),
    replyTo: at('ann@customer.test', 'desk@bücher.test'),
    to: at('us@crm.test', 'US@crm.test'),
    cc: at('bob@x.test'),
  });
  expect(participantsOf(headers)).toEqual([
    'ann@customer.test',
    'office@customer.test',
    'desk@xn--bcher-kva.test',
    'us@crm.test',
    'bob@x.test',
  ]);
});

it('leaves out what is no address', () => {
  expect(participantsOf(headersWith({ from: [], to: at('', 'undisclosed-recipients') }))).toEqual([]);
});
