import { afterLookInSent } from './after-look-in-sent';

test.each([
  ['found, whoever files it', { found: true, sentCopy: 'append', attempts: 1 }, 'sent'],
  ['found at the last look', { found: true, sentCopy: 'server', attempts: 9 }, 'sent'],
  [
    'not there, and nobody files it but us',
    { found: false, sentCopy: 'append', attempts: 1 },
    'ask-a-person',
  ],
  ['not there, and no copies are kept', { found: false, sentCopy: 'none', attempts: 1 }, 'ask-a-person'],
  [
    'not there yet at a provider that files itself',
    { found: false, sentCopy: 'server', attempts: 1 },
    'look-again',
  ],
  [
    'never there at a provider that files itself',
    { found: false, sentCopy: 'server', attempts: 3 },
    'submit-again',
  ],
] as const)('S14: %s', (_, look, expected) => {
  expect(afterLookInSent(look).kind).toBe(expected);
});
