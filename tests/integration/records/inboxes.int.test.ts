import type {
  Inbox,
  TrustedAuthServers,
} from '../../../src/plugins/email-connect/server/src/domain/inbox/inbox';
import { at, inboxOf, recordsAlone, sealed } from './harness';
import type { StartedRecords } from './harness';

export const inboxesTests = (ec: StartedRecords): void => {
  const { unique, connect } = ec;

  describe('inboxes', () => {
    test('S36: passwords are kept apart, as they were sealed, and no inbox carries them', async () => {
      const { inbox } = await connect();
      const stored = await ec.strapi.db
        .query('plugin::email-connect.inbox')
        .findOne({ where: { documentId: inbox.documentId } });
      expect(JSON.stringify([stored, await ec.records.inboxes.load(inbox.documentId)])).not.toContain(
        'sealed.'
      );
      await expect(ec.records.inboxes.loadSecrets(inbox.documentId)).resolves.toEqual(sealed);
      const secrets = { ...sealed, smtpPassword: 'sealed.again' };
      await ec.records.inboxes.change(inbox.documentId, () => ({}), { secrets });
      await expect(ec.records.inboxes.loadSecrets(inbox.documentId)).resolves.toEqual(secrets);
      await ec.records.inboxes.change(inbox.documentId, () => ({}), { secrets: null });
      await expect(ec.records.inboxes.loadSecrets(inbox.documentId)).resolves.toBeNull();
    });

    test('S33: no content type carries a secret, and what must not leave is private', () => {
      const types = Object.entries(ec.strapi.contentTypes).filter(([uid]) =>
        uid.startsWith('plugin::email-connect.')
      );
      expect(types.map(([uid]) => uid).join()).not.toMatch(/secret|lease|oauth|outbox|audit/);
      const isPrivate = (name: string): string[] =>
        Object.entries(ec.strapi.contentType(`plugin::email-connect.${name}`).attributes).flatMap(
          ([key, attribute]: [string, object]) =>
            'private' in attribute && attribute.private === true ? [key] : []
        );
      expect(isPrivate('inbox')).toEqual(
        expect.arrayContaining(['settings', 'ownerDocumentId', 'consent', 'addressKey'])
      );
      expect(isPrivate('email-message')).toEqual(expect.arrayContaining(['bcc', 'dedupKey', 'fingerprint']));
      expect(isPrivate('email-thread')).toEqual(expect.arrayContaining(['threadToken', 'threadIndexRoot']));
      expect(isPrivate('attachment')).toEqual(expect.arrayContaining(['storageKey']));
    });

    test('an inbox is read back as it was written, found by address and by owner, and changed in part', async () => {
      const { inbox } = await connect();
      await expect(ec.records.inboxes.load(inbox.documentId)).resolves.toEqual(inbox);
      await expect(ec.records.inboxes.findByAddress(inbox.address.toUpperCase())).resolves.toEqual(inbox);
      await expect(ec.records.inboxes.findByOwner(inbox.ownerDocumentId)).resolves.toEqual(inbox);
      const change = {
        state: 'needs-you',
        sentFolderPath: null,
        policy: 'known-contacts',
        logAddress: 'log@team.example',
        trustedAuthServers: ['mx.team.example'],
        lastGap: { from: at.toISOString(), to: at.toISOString(), recovered: 2 },
        consecutiveFailures: 3,
        lastPassAt: at.toISOString(),
      } satisfies Partial<Inbox>;
      const changed = { ...inbox, ...change, version: inbox.version + 1 };
      await expect(ec.records.inboxes.change(inbox.documentId, () => change)).resolves.toEqual(changed);
      await expect(ec.records.inboxes.load(inbox.documentId)).resolves.toEqual(changed);
      await ec.records.inboxes.change(inbox.documentId, () => ({ state: 'disconnected' }));
      await expect(ec.records.inboxes.findByOwner(inbox.ownerDocumentId)).resolves.toBeNull();
      expect((await ec.records.inboxes.list()).map(({ documentId }) => documentId)).toContain(
        inbox.documentId
      );
      await expect(ec.records.inboxes.load('none')).resolves.toBeNull();
      await expect(ec.records.inboxes.change('none', () => change)).resolves.toBeNull();
    });

    test('S28: an empty list of an earlier version means the known servers; nobody is nobody to that version too', async () => {
      const { inbox } = await connect();
      const stored = () =>
        ec.strapi.db
          .query('plugin::email-connect.inbox')
          .findOne({ where: { documentId: inbox.documentId } });
      const listed = async (): Promise<unknown> => (await stored()).settings.trustedAuthServers;
      expect(inbox.trustedAuthServers).toBe('known');
      expect(await listed()).toEqual([]);
      const choices: TrustedAuthServers[] = ['nobody', ['mx.team.example'], 'known'];
      for (const trustedAuthServers of choices) {
        const change = { trustedAuthServers };
        await ec.records.inboxes.change(inbox.documentId, () => change);
        await expect(ec.records.inboxes.load(inbox.documentId)).resolves.toMatchObject(change);
        // An earlier version believes each server at or below one of these names: none is below an empty one.
        if (trustedAuthServers === 'nobody') expect(await listed()).toEqual(['']);
      }
    });

    test('an inbox of an earlier version logs replies, and has no log address', async () => {
      const { inbox } = await connect();
      const { imap, smtp, sentCopy, sentFolderPath } = inbox;
      await ec.strapi.db.query('plugin::email-connect.inbox').updateMany({
        where: { documentId: inbox.documentId },
        data: {
          policy: null,
          lastGap: null,
          version: null,
          settings: { imap, smtp, sentCopy, sentFolderPath },
        },
      });
      const earlier = { ...inbox, version: 0 };
      await expect(ec.records.inboxes.load(inbox.documentId)).resolves.toEqual(earlier);
      expect(await ec.records.inboxes.recordState(earlier, { state: 'ok' })).toBe(true);
      const paused = await ec.records.inboxes.change(inbox.documentId, () => ({ state: 'paused' }));
      expect(paused).toMatchObject({ state: 'paused', version: 1 });
    });

    test('S33: a created inbox whose secrets cannot be sealed leaves nothing', async () => {
      const address = `${unique('half')}@team.example`;
      const failing = ec.records.inboxes.create(
        inboxOf(address),
        () => {
          throw new TypeError('no key');
        },
        []
      );
      await expect(failing).rejects.toMatchObject({ code: 'UNEXPECTED' });
      await expect(ec.records.inboxes.findByAddress(address)).resolves.toBeNull();
    });

    test('P2: of many processes one gets the lease; the token outlives every holder', async () => {
      const inboxDocumentId = unique('leased');
      const holders = Array.from({ length: 5 }, (_, i) => `process ${i}`);
      const fences = await Promise.all(
        holders.map((holder) => ec.records.leases.acquire(inboxDocumentId, holder, 60_000))
      );
      const [first] = fences.flatMap((fence) => fence ?? []);
      expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
      await ec.records.leases.release(first!);
      const second = await ec.records.leases.acquire(inboxDocumentId, 'later', 60_000);
      expect(second?.token).toBe(first!.token + 1);
      await ec.records.leases.release(first!);
      expect(await ec.records.leases.renew(second!, 60_000)).toBe(true);
      expect(await ec.records.leases.renew(first!, 60_000)).toBe(false);
    });

    test('the audit keeps what was done', async () => {
      const subject = unique('subject');
      await ec.records.audit.record({
        action: 'inbox.connected',
        actor: 'me',
        subject,
        outcome: 'ok',
        facts: { version: '1' },
      });
      const rows = await ec.strapi.db.query('email-connect::audit').findMany({ where: { subject } });
      expect(rows).toMatchObject([{ action: 'inbox.connected', outcome: 'ok', facts: { version: '1' } }]);
    });
  });
};

recordsAlone(__filename, inboxesTests);
