import { smtpEnvelope } from './smtp-envelope';

const at = (...addresses: string[]) => addresses.map((address) => ({ address, displayName: 'X' }));
const draft = {
  to: at('Ann@Customer.TEST'),
  cc: at('b@x.test', 'ann@customer.test'),
  bcc: at('c@x.test'),
  subject: '',
  text: '',
  html: '',
};

it('names everyone once, Bcc among them, the left part as written', () => {
  expect(smtpEnvelope('Us@CRM.test', draft)).toEqual({
    mailFrom: 'Us@crm.test',
    rcptTo: ['Ann@customer.test', 'b@x.test', 'c@x.test'],
  });
});

it('writes domains in A-labels', () => {
  expect(
    smtpEnvelope('us@crm.test', { ...draft, to: at('ann@bücher.test'), cc: [], bcc: [] }).rcptTo
  ).toEqual(['ann@xn--bcher-kva.test']);
});
