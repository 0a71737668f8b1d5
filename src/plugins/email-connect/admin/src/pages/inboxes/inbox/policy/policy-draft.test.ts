import {
  exampleLogAddress,
  hasServerNames,
  isSamePolicy,
  policyChoiceOf,
  type PolicyDraft,
} from './policy-draft';

const draft: PolicyDraft = { policy: 'replies', logAddress: '', trustedAuthServers: '' };

describe('what is logged, as a form', () => {
  it('reads servers however they are separated', () => {
    const typed = {
      ...draft,
      logAddress: ' mara+log@x.example ',
      trustedAuthServers: 'a.example,\n b.example;',
    };
    expect(policyChoiceOf(typed)).toEqual({
      policy: 'replies',
      logAddress: 'mara+log@x.example',
      trustedAuthServers: ['a.example', 'b.example'],
    });
  });

  it('is the same whatever blanks stand in it', () => {
    expect(isSamePolicy(draft, { ...draft, trustedAuthServers: ' , ' })).toBe(true);
    expect(isSamePolicy(draft, { ...draft, policy: 'known-contacts' })).toBe(false);
  });

  it('knows a name from what is none', () => {
    expect(hasServerNames({ ...draft, trustedAuthServers: 'mx.x.example' })).toBe(true);
    expect(hasServerNames({ ...draft, trustedAuthServers: 'http://x.example' })).toBe(false);
  });

  it('gives a plus address as the example', () => {
    expect(exampleLogAddress('mara@x.example')).toBe('mara+log@x.example');
  });
});
