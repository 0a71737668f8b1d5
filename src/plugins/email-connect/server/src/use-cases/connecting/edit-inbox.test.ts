import type { Inbox } from '../../domain/inbox/inbox';
import type { Ports } from '../../ports';
import { FakeInboxes } from '../../testing/fakes/fake-inboxes';
import { FakeOutbox, outboxEntry } from '../../testing/fakes/fake-outbox';
import { inboxWith, mailboxScene } from '../../testing/fakes/mailbox-scene';
import { never } from '../../testing/fakes/never';
import { disconnectInbox } from './change-inbox-state';
import { editInbox } from './edit-inbox';

const edited = inboxWith();
const form = {
  label: 'Us',
  address: edited.address,
  senderName: 'Uma',
  provider: 'custom',
  imap: edited.imap,
  smtp: edited.smtp,
  imapPassword: 'new',
  smtpPassword: 'new',
};

const team = { addresses: new Set<string>(), domains: new Set(['crm.test']) };

/** An inbox with one mail on its way out, edited by its owner; `meanwhile`: while both servers are tried. */
const edit = async (
  inbox: Partial<Inbox>,
  meanwhile: (ports: Ports) => Promise<unknown> = async () => undefined,
  ...others: Inbox[]
) => editAs(form, inbox, meanwhile, ...others);

const editAs = async (
  entered: typeof form,
  inbox: Partial<Inbox>,
  meanwhile: (ports: Ports) => Promise<unknown>,
  ...others: Inbox[]
) => {
  const outbox = new FakeOutbox(outboxEntry());
  const inboxes = new FakeInboxes(inboxWith(inbox), ...others);
  const scene = mailboxScene({
    more: {
      secrets: { assertKey: () => undefined, seal: (plain) => plain, open: () => 'stored' },
      smtp: { test: async () => undefined },
      imap: {
        test: async () => {
          await meanwhile(scene.ports);
          return [];
        },
      },
      rateLimits: { count: async () => null, takeBack: async () => undefined },
      folders: { merge: async () => undefined },
      inboxes: inboxes.records,
      // A site that names its domain, and no other.
      contacts: { teamFacts: async () => ({ team, isOnContact: false }) },
      outbox: outbox.records,
      news: { announce: async () => undefined },
    } as Parameters<typeof mailboxScene>[0]['more'] & object,
  });
  const failure = await editInbox(scene.ports, 'I', entered, 'owner', never).then(
    () => null,
    (error: unknown) => error
  );
  return { outbox, inboxes, audited: scene.audited, failure };
};

describe('an inbox that is edited', () => {
  test('c25: what was put off for its old password is tried again at once, and so is its server', async () => {
    const { outbox, inboxes } = await edit({ state: 'needs-you', consecutiveFailures: 3 });
    expect(outbox.transitions).toEqual([{ from: ['queued'], to: 'queued', waitMs: 0, failure: null }]);
    expect(inboxes.one()).toMatchObject({ state: 'catching-up', consecutiveFailures: 0, version: 2 });
    expect(inboxes.also).toEqual([{ secrets: { imapPassword: 'new', smtpPassword: 'new' }, endsRest: true }]);
  });

  test('S4: one that was disconnected holds what was queued, and lets nothing go by itself', async () => {
    const { outbox, inboxes, audited } = await edit({ state: 'disconnected' });
    expect(outbox.entry.stage).toBe('held');
    expect(inboxes.one()).toMatchObject({ state: 'catching-up' });
    expect(audited).toEqual(['inbox.tested ok', 'inbox.reconnected ok']);
  });

  test('S7: what came while it was disconnected is of a gap, unless it is another mailbox now', async () => {
    const connectedAt = '2026-01-01T00:00:00.000Z';
    const state = 'disconnected';
    const same = await edit({ state, connectedAt, address: form.address.toUpperCase() });
    expect(same.inboxes.one()).toMatchObject({ connectedAt });
    const other = await edit({ state, connectedAt, address: 'other@crm.test' });
    expect(other.inboxes.one()).toMatchObject({ connectedAt: '2026-03-02T10:00:00.000Z' });
  });

  test('S52: one that is paused stays paused', async () => {
    const { inboxes } = await edit({ state: 'paused' });
    expect(inboxes.one()).toMatchObject({ state: 'paused', senderName: 'Uma', version: 2 });
  });

  test('S4, S52: whoever disconnects it while both servers are tried is not overruled, and no password stays', async () => {
    const { inboxes, failure } = await edit({}, (ports) => disconnectInbox(ports, 'I', 'eve'));
    expect(failure).toMatchObject({ code: 'INBOX_NOT_CONNECTED' });
    expect(inboxes.one()).toMatchObject({ state: 'disconnected', senderName: '' });
    expect(inboxes.also).toEqual([{ secrets: null }]);
  });

  test('S52: what another person changed while both servers were tried stays', async () => {
    const { inboxes } = await edit({}, (ports) =>
      ports.inboxes.change('I', () => ({ policy: 'known-contacts', logAddress: 'us+log@crm.test' }))
    );
    const { policy, logAddress, senderName } = inboxes.one();
    expect([policy, logAddress, senderName]).toEqual(['known-contacts', 'us+log@crm.test', 'Uma']);
  });

  test('S52: a password that was left empty writes over none that another person entered meanwhile', async () => {
    const entered = { ...form, imapPassword: '' };
    const { inboxes } = await editAs(entered, {}, (ports) =>
      ports.inboxes.change('I', () => ({}), { secrets: { imapPassword: 'newer', smtpPassword: 'newer' } })
    );
    expect(inboxes.also.at(-1)).toEqual({ secrets: { smtpPassword: 'new' }, endsRest: true });
  });

  test('S43, S52: a password that was left empty does not go where another person moved the inbox from', async () => {
    const entered = { ...form, imapPassword: '' };
    const moved = { ...edited.imap, host: 'new.crm.test' };
    const { inboxes, failure } = await editAs(entered, {}, (ports) =>
      ports.inboxes.change('I', () => ({ imap: moved }), {
        secrets: { imapPassword: 'newer', smtpPassword: 'newer' },
      })
    );
    expect(failure).toMatchObject({ code: 'INBOX_CHANGED' });
    expect(inboxes.one()).toMatchObject({ imap: moved, senderName: '' });
  });

  test('S43: is saved with no stored password for another server', async () => {
    const imap = { ...edited.imap, host: 'mail.vic.test' };
    const { inboxes, failure } = await editAs({ ...form, imap, imapPassword: '' }, {}, async () => undefined);
    expect(failure).toMatchObject({ code: 'PASSWORD_NEEDED', nextStep: expect.stringMatching(/again/) });
    expect(inboxes.also).toEqual([]);
  });

  test('S52: gets no address that another inbox has', async () => {
    const other = inboxWith({ documentId: 'J' });
    const { inboxes, failure, audited } = await edit({ address: 'old@crm.test' }, undefined, other);
    expect(failure).toMatchObject({ code: 'INBOX_ALREADY_CONNECTED' });
    expect([inboxes.one().address, audited]).toEqual(['old@crm.test', []]);
  });
});

describe('w51: the address of an inbox that is edited', () => {
  const change = async (address: string, inbox: Partial<Inbox>) => {
    const { inboxes, failure } = await editAs({ ...form, address }, inbox, async () => undefined);
    expect(failure).toBeNull();
    return inboxes.one().isTeamAddress;
  };

  test('stays what it was if it is the same one, however it is written', async () => {
    for (const isTeamAddress of [true, false])
      expect(await change('Us@CRM.test', { isTeamAddress })).toBe(isTeamAddress);
  });

  test("is asked about anew if it is another one: a customer's is not come by in two steps", async () => {
    expect(await change('vip@customer.test', { isTeamAddress: true })).toBe(false);
    expect(await change('vic@crm.test', { isTeamAddress: false, address: 'vip@customer.test' })).toBe(true);
  });
});
