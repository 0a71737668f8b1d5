import type { Inbox } from '../../../src/plugins/email-connect/server/src/domain/inbox/inbox';
import { folderOf, inboxOf, recordsAlone, sealed } from './harness';
import type { StartedRecords } from './harness';

const settled = async (work: readonly Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(work)).map((one) =>
    one.status === 'fulfilled' ? 'ok' : String(Reflect.get(Object(one.reason), 'code'))
  );

/** What several processes and several people do to one inbox. */
export const sharedInboxesTests = (ec: StartedRecords): void => {
  const { unique, connect } = ec;
  const inboxes = () => ec.records.inboxes;
  const loaded = async (documentId: string): Promise<Inbox> => {
    const inbox = await inboxes().load(documentId);
    if (!inbox) throw new Error('The inbox is gone.');
    return inbox;
  };
  const signalOf = async (documentId: string, withinMs = 60_000) =>
    (await inboxes().listSignalled(withinMs)).find((signal) => signal.documentId === documentId);

  describe('S52: inboxes that processes and people share', () => {
    test('of two that connect one mailbox at once one is told that it is connected', async () => {
      const address = `${unique('both')}@team.example`;
      const create = (as: string) => inboxes().create(inboxOf(as), () => sealed, [folderOf('INBOX')]);
      const outcomes = await settled([create(address), create(address.toUpperCase())]);
      expect(outcomes.sort()).toEqual(['INBOX_ALREADY_CONNECTED', 'ok']);
      const all = (await inboxes().list()).filter((inbox) => inbox.address.toLowerCase() === address);
      expect(all).toHaveLength(1);
      expect(await inboxes().loadSecrets(all[0]!.documentId)).toEqual(sealed);
    });

    test('two that get one address by an edit at once: the same', async () => {
      const [one, other] = [(await connect()).inbox, (await connect()).inbox];
      const address = `${unique('taken')}@team.example`;
      const outcomes = await settled(
        [one, other].map(({ documentId }) => inboxes().change(documentId, () => ({ address })))
      );
      expect(outcomes.sort()).toEqual(['INBOX_ALREADY_CONNECTED', 'ok']);
      const after = await Promise.all([one, other].map(({ documentId }) => loaded(documentId)));
      expect(after.map((inbox) => inbox.address).filter((taken) => taken === address)).toHaveLength(1);
    });

    test('a disconnected one lets its address go, and is connected again only while nobody has it', async () => {
      const { inbox } = await connect();
      const { documentId, address } = inbox;
      await inboxes().change(documentId, () => ({ state: 'disconnected' }), { secrets: null });
      await expect(inboxes().findByAddress(address)).resolves.toBeNull();
      const next = await inboxes().create(inboxOf(address), () => sealed, []);
      const reconnect = () =>
        inboxes().change(documentId, () => ({ state: 'catching-up' }), { secrets: sealed });
      await expect(reconnect()).rejects.toMatchObject({ code: 'INBOX_ALREADY_CONNECTED' });
      await expect(inboxes().loadSecrets(documentId)).resolves.toBeNull();
      await expect(loaded(documentId)).resolves.toMatchObject({ state: 'disconnected', version: 2 });
      await inboxes().change(next.documentId, () => ({ state: 'disconnected' }));
      await expect(reconnect()).resolves.toMatchObject({ state: 'catching-up', version: 3 });
    });

    test('two editors at once: both changes stay, in columns and in settings alike', async () => {
      const { inbox } = await connect();
      const { documentId } = inbox;
      const smtp = { ...inbox.smtp, host: 'other.team.example' };
      const trusting =
        (server: string) =>
        ({ trustedAuthServers: before }: Inbox) => ({
          trustedAuthServers: typeof before === 'string' ? [server] : [...before, server],
        });
      const outcomes = await settled([
        inboxes().change(documentId, () => ({ logAddress: 'log@team.example', policy: 'known-contacts' })),
        inboxes().change(documentId, () => ({ smtp, senderName: 'Grace' })),
        inboxes().change(documentId, () => ({ sentFolderPath: 'Gesendet' })),
        inboxes().change(documentId, trusting('mx1')),
        inboxes().change(documentId, trusting('mx2')),
      ]);
      expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
      const after = await loaded(documentId);
      expect(after).toMatchObject({
        logAddress: 'log@team.example',
        policy: 'known-contacts',
        senderName: 'Grace',
        smtp,
        sentFolderPath: 'Gesendet',
        version: inbox.version + 5,
      });
      expect([...after.trustedAuthServers].sort()).toEqual(['mx1', 'mx2']);
    });

    test('what is refused changes nothing, and nobody hears of it', async () => {
      const { inbox } = await connect();
      const refusing = inboxes().change(inbox.documentId, () => {
        throw new TypeError('not this one');
      });
      await expect(refusing).rejects.toMatchObject({ code: 'UNEXPECTED' });
      await expect(inboxes().load(inbox.documentId)).resolves.toEqual(inbox);
      await expect(signalOf(inbox.documentId)).resolves.toMatchObject({ version: inbox.version });
    });

    test('S4: state and passwords change together', async () => {
      const { inbox } = await connect();
      const { documentId } = inbox;
      const again = { imapPassword: 'sealed.1', smtpPassword: 'sealed.2' };
      for (let round = 0; round < 5; round += 1) {
        await settled([
          inboxes().change(documentId, () => ({ state: 'disconnected' }), { secrets: null }),
          inboxes().change(documentId, () => ({ state: 'catching-up' }), { secrets: again }),
        ]);
        const { state } = await loaded(documentId);
        const secrets = await inboxes().loadSecrets(documentId);
        expect({ state, secrets }).toEqual(
          state === 'disconnected' ? { state, secrets: null } : { state: 'catching-up', secrets: again }
        );
      }
    });

    test('folders are chosen with what else is chosen of them', async () => {
      const { inbox } = await connect();
      await inboxes().change(inbox.documentId, () => ({ sentCopy: 'server' }), {
        folders: [{ folderPath: 'INBOX', role: 'log' }],
      });
      await expect(ec.records.folders.list(inbox.documentId)).resolves.toMatchObject([
        { folderPath: 'INBOX', role: 'log', watched: true },
      ]);
      await expect(loaded(inbox.documentId)).resolves.toMatchObject({ sentCopy: 'server' });
    });

    test('a loop writes how it is, but not over a person, and not over a newer version', async () => {
      const { inbox } = await connect();
      const { documentId } = inbox;
      const ok = { state: 'ok', consecutiveFailures: 0, lastPassAt: '2026-03-01T12:00:00.000Z' } as const;
      expect(await inboxes().recordState(inbox, ok)).toBe(true);
      await expect(inboxes().load(documentId)).resolves.toEqual({ ...inbox, ...ok });
      const edited = await inboxes().change(documentId, () => ({ state: 'catching-up' }));
      expect(await inboxes().recordState(inbox, { state: 'needs-you' })).toBe(false);
      expect(await inboxes().recordState(edited!, { state: 'ok' })).toBe(true);
      for (const state of ['paused', 'disconnected'] as const) {
        const decided = await inboxes().change(documentId, () => ({ state }));
        expect(await inboxes().recordState(decided!, { state: 'ok' })).toBe(false);
        await expect(loaded(documentId)).resolves.toMatchObject({ state });
      }
    });

    test('what was changed or asked is heard for a while, by the clock of the database', async () => {
      const { inbox } = await connect();
      const { documentId, version } = inbox;
      await expect(signalOf(documentId)).resolves.toEqual({
        documentId,
        version,
        asked: 0,
        state: 'catching-up',
      });
      await inboxes().ask(documentId, { endsRest: false });
      await inboxes().ask(documentId, { endsRest: false });
      await inboxes().change(documentId, () => ({ state: 'paused' }));
      await expect(signalOf(documentId)).resolves.toEqual({
        documentId,
        version: version + 1,
        asked: 2,
        state: 'paused',
      });
      await expect(loaded(documentId)).resolves.toMatchObject({ version: version + 1 });
      await expect(signalOf(documentId, -60_000)).resolves.toBeUndefined();
    });

    test('a state that a loop writes is no signal', async () => {
      const { inbox } = await connect();
      await ec.strapi.db
        .query('plugin::email-connect.inbox')
        .updateMany({ where: { documentId: inbox.documentId }, data: { signalledAt: 1 } });
      await inboxes().recordState(inbox, { state: 'ok' });
      await expect(signalOf(inbox.documentId)).resolves.toBeUndefined();
    });

    test('c25: a rest holds for whoever takes the inbox next, until it is over or a person ends it', async () => {
      const { inbox, fence } = await connect();
      const { documentId } = inbox;
      const { leases } = ec.records;
      expect(await leases.restMs(documentId)).toBe(0);
      expect(await leases.restMs('none')).toBe(0);
      await leases.rest(fence, 3_600_000);
      const restMs = await leases.restMs(documentId);
      expect(restMs).toBeGreaterThan(3_000_000);
      expect(restMs).toBeLessThanOrEqual(3_600_000);

      await leases.release(fence);
      await expect(leases.rest(fence, 1)).rejects.toMatchObject({ code: 'LEASE_LOST' });
      const next = await leases.acquire(documentId, 'another process', 60_000);
      await inboxes().change(documentId, () => ({ senderName: 'Grace' }));
      await inboxes().ask(documentId, { endsRest: false });
      expect(await leases.restMs(documentId)).toBeGreaterThan(3_000_000);

      await inboxes().ask(documentId, { endsRest: true });
      expect(await leases.restMs(documentId)).toBe(0);
      await leases.rest(next!, 3_600_000);
      await inboxes().change(documentId, () => ({}), { endsRest: true });
      expect(await leases.restMs(documentId)).toBe(0);
      await leases.rest(next!, 3_600_000);
      await leases.rest(next!, 0);
      expect(await leases.restMs(documentId)).toBe(0);
    });
  });
};

recordsAlone(__filename, sharedInboxesTests);
