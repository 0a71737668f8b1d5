import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { choosePolicy } from './choose-policy';
import type { PolicyChoice } from './choose-policy';

const scene = (others: string[] = []) => {
  const inboxes = new FakeInboxes(
    inboxWith(),
    ...others.map((address) => inboxWith({ documentId: address, address }))
  );
  return { ...mailboxScene({ more: { inboxes: inboxes.records } }), inboxes };
};
const choice = (change: Partial<PolicyChoice>): PolicyChoice => ({
  policy: 'replies',
  logAddress: '',
  trustedAuthServers: 'known',
  ...change,
});

describe('S18: what an inbox logs besides replies', () => {
  test('is chosen, kept and on record', async () => {
    const { ports, inboxes, audited } = scene();
    const trustedAuthServers = ['MX.crm.test', 'mx.crm.test'];
    await choosePolicy(ports, 'I', choice({ policy: 'known-contacts', trustedAuthServers }), 'uma');
    const chosen = { policy: 'known-contacts', logAddress: '', trustedAuthServers: ['mx.crm.test'] };
    expect(inboxes.one()).toEqual({ ...inboxWith(), ...chosen, version: 2 });
    expect(audited).toEqual(['inbox.policy-chosen ok']);
  });

  test.each(['known', 'nobody'] as const)('S28: whose word counts may be %s', async (trustedAuthServers) => {
    const { ports, inboxes } = scene();
    await choosePolicy(ports, 'I', choice({ trustedAuthServers }), 'uma');
    expect(inboxes.one()).toMatchObject({ trustedAuthServers });
  });

  test.each([
    ['us+log@crm.test', 'us+log@crm.test'],
    ['Us+CRM@crm.test', 'us+crm@crm.test'],
    ['us@crm.test', 'us@crm.test'],
  ])('the log address %s reaches this inbox', async (logAddress, kept) => {
    const { ports, inboxes } = scene();
    await choosePolicy(ports, 'I', choice({ logAddress }), 'uma');
    expect(inboxes.one()).toMatchObject({ logAddress: kept });
  });

  test.each([
    ['eve@crm.test', 'INPUT_INVALID', /another connected inbox/],
    ['log@elsewhere.test', 'INPUT_INVALID', /not known to reach this inbox/],
    ['us+@crm.test', 'INPUT_INVALID', /not known to reach/],
    ['us+log@elsewhere.test', 'INPUT_INVALID', /not known to reach/],
    ['uss+log@crm.test', 'INPUT_INVALID', /not known to reach/],
    ['log', 'ADDRESS_INVALID', /not an email address/],
    ['us+log@crm.test\r\nBcc: x@y.test', 'HEADER_INJECTION', /line break/],
  ])('S28: %j is refused, and nothing is changed', async (logAddress, code, message) => {
    const { ports, inboxes, audited } = scene(['eve@crm.test']);
    await expect(choosePolicy(ports, 'I', choice({ logAddress }), 'uma')).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect([inboxes.one(), audited]).toEqual([inboxWith(), []]);
  });
});
