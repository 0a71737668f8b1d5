import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { judgeAddress } from './judge-address';

const scene = () => {
  const inboxes = new FakeInboxes(inboxWith({ address: 'vip@customer.test', isTeamAddress: false }));
  const news = { announce: async () => undefined };
  return { ...mailboxScene({ more: { inboxes: inboxes.records, news } }), inboxes };
};

test('w51: a manager confirms an address, or takes it back, on record', async () => {
  const { ports, inboxes, audited } = scene();
  for (const isTeamAddress of [true, false]) {
    await judgeAddress(ports, 'I', { address: 'VIP@customer.test', isTeamAddress }, 'mia');
    expect(inboxes.one().isTeamAddress).toBe(isTeamAddress);
  }
  expect(audited).toEqual(['inbox.address-confirmed ok', 'inbox.address-disowned ok']);
});

test('w51: not one that its owner entered while the manager looked at another', async () => {
  const { ports, inboxes, audited } = scene();
  const judged = judgeAddress(ports, 'I', { address: 'vic@crm.test', isTeamAddress: true }, 'mia');
  await expect(judged).rejects.toMatchObject({ code: 'INBOX_CHANGED' });
  expect([inboxes.one().isTeamAddress, audited]).toEqual([false, []]);
});
