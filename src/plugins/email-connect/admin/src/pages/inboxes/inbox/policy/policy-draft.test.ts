import {
  exampleLogAddress,
  hasServerNames,
  isSamePolicy,
  policyChoiceOf,
  type PolicyDraft,
} from './policy-draft';

const draft: PolicyDraft = { policy: 'replies', logAddress: '', trust: 'known', servers: '' };

describe('what is logged, as a form', () => {
  it('reads servers however they are separated', () => {
    const typed = {
      ...draft,
      logAddress: ' mara+log@x.example ',
      servers: 'a.example,\n b.example;',
    };
    expect(policyChoiceOf({ ...typed, trust: 'named' })).toEqual({
      policy: 'replies',
      logAddress: 'mara+log@x.example',
      trustedAuthServers: ['a.example', 'b.example'],
    });
    for (const trust of ['known', 'nobody'] as const)
      expect(policyChoiceOf({ ...typed, trust }).trustedAuthServers).toBe(trust);
  });

  it('is the same whatever blanks stand in it', () => {
    expect(isSamePolicy(draft, { ...draft, servers: ' , ' })).toBe(true);
    expect(isSamePolicy(draft, { ...draft, trust: 'nobody' })).toBe(false);
    expect(isSamePolicy(draft, { ...draft, policy: 'known-contacts' })).toBe(false);
  });

  it('knows a name from what is none', () => {
    const named = (servers: string) => hasServerNames({ ...draft, trust: 'named', servers });
    expect(named('mx.x.example')).toBe(true);
    expect(named('http://x.example')).toBe(false);
    expect(named(' ')).toBe(false);
    expect(hasServerNames(draft)).toBe(true);
  });

  it('gives a plus address as the example', () => {
    expect(exampleLogAddress('mara@x.example')).toBe('mara+log@x.example');
  });
});
