import type { Inbox } from '../../domain/inbox/inbox';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { checkInbox } from './check-inbox';

/** Of the logins to one mailbox two may be refused. */
const press = async (state: Inbox['state'], times: number) => {
  const inboxes = new FakeInboxes(inboxWith({ state }));
  let counted = 0;
  const { ports, audited } = mailboxScene({
    more: {
      inboxes: inboxes.records,
      rateLimits: {
        count: async () => {
          counted += 1;
          return counted <= 2
            ? null
            : { times: 2, windowMs: 600_000, retryAfterMs: 1, isFirst: counted === 3 };
        },
      },
    },
  });
  const codes: string[] = [];
  for (let i = 0; i < times; i += 1) {
    codes.push(
      await checkInbox(ports, 'I', 'uma').then(
        () => 'ok',
        (error: unknown) => String(Reflect.get(Object(error), 'code'))
      )
    );
  }
  return { codes, asked: inboxes.asked.length, audited };
};

describe('"check now"', () => {
  test('a.13: pressed again and again where the login is refused, it is no way to be locked out', async () => {
    const { codes, asked, audited } = await press('needs-you', 4);
    expect(codes).toEqual(['ok', 'ok', 'RATE_LIMITED', 'RATE_LIMITED']);
    expect([asked, audited]).toEqual([2, ['limit.login refused']]);
  });

  test.each(['ok', 'catching-up', 'backing-off'] as const)('is not counted while it is %s', async (state) => {
    expect(await press(state, 4)).toEqual({ codes: ['ok', 'ok', 'ok', 'ok'], asked: 4, audited: [] });
  });
});
