import type { Named } from '../../../src/plugins/email-connect/server/src/domain/inbox/named';
import { addColleague, roleThatReads } from '../../support/colleagues';
import type { Colleague } from '../../support/colleagues';
import { recordsAlone } from './harness';
import type { StartedRecords } from './harness';

export const namedTests = (ec: StartedRecords): void => {
  const { connect } = ec;
  const users = () => ec.strapi.db.query('admin::user');
  const named = (kind: Named['kind'], { documentId }: { documentId: string }): Named => ({
    kind,
    documentId,
  });
  const inboxesOf = ({ documentId }: Colleague) => ec.records.access.inboxesOf(documentId);
  const share = (documentId: string, ...others: Named[]) =>
    ec.records.inboxes.change(documentId, () => ({}), { named: others });
  const role = async (action?: string): Promise<{ id: number; documentId: string }> => {
    const id = await roleThatReads(ec.strapi, {});
    if (action) {
      const permissions = [{ action: `plugin::email-connect.${action}`, subject: null, conditions: [] }];
      await ec.strapi.service('admin::role').assignPermissions(id, permissions);
    }
    return ec.strapi.db.query('admin::role').findOne({ where: { id } });
  };

  describe('who uses an inbox besides its owner', () => {
    test('w70: by name or by a role, each inbox once, and not any more when they are taken away', async () => {
      const { documentId } = (await connect()).inbox;
      const sales = await role();
      const [vic, wim] = [await addColleague(ec.strapi), await addColleague(ec.strapi, sales.id)];
      expect([await inboxesOf(vic), await inboxesOf(wim)]).toEqual([[], []]);
      const all = [named('user', vic), named('role', sales), named('role', sales), named('user', wim)];
      await share(documentId, ...all);
      expect([await inboxesOf(vic), await inboxesOf(wim)]).toEqual([[documentId], [documentId]]);
      expect(await ec.records.inboxes.namedOn(documentId)).toEqual([all[0], all[1], all[3]]);
      await share(documentId, named('role', sales));
      expect([await inboxesOf(vic), await inboxesOf(wim)]).toEqual([[], [documentId]]);
    });

    test('w44, w45: not once they have another role, nor while they are blocked', async () => {
      const { documentId } = (await connect()).inbox;
      const [sales, others] = [await role(), await role()];
      const [vic, wim] = [await addColleague(ec.strapi), await addColleague(ec.strapi, sales.id)];
      await share(documentId, named('user', vic), named('role', sales));
      await wim.become(others.id);
      expect(await inboxesOf(wim)).toEqual([]);
      for (const data of [{ isActive: false }, { isActive: true, blocked: true }]) {
        await users().update({ where: { documentId: vic.documentId }, data });
        expect(await inboxesOf(vic)).toEqual([]);
      }
    });

    test('S41: a role is no user of the same id, and nobody has what nobody owns', async () => {
      const { documentId } = (await connect()).inbox;
      const vic = await addColleague(ec.strapi);
      await share(documentId, named('role', vic));
      expect(await inboxesOf(vic)).toEqual([]);
      await ec.strapi.db
        .query('plugin::email-connect.inbox')
        .update({ where: { documentId }, data: { ownerDocumentId: '' } });
      expect(await ec.records.access.inboxesOf('')).toEqual([]);
    });

    test('w70: who becomes the owner is named no more, so that they keep nothing when they hand it over', async () => {
      const { documentId } = (await connect()).inbox;
      const [vic, wim] = [await addColleague(ec.strapi), await addColleague(ec.strapi)];
      const own = (who: Colleague) =>
        ec.records.inboxes.change(documentId, () => ({ ownerDocumentId: who.documentId }));
      await share(documentId, named('user', vic), named('user', wim));
      await own(vic);
      expect(await ec.records.inboxes.namedOn(documentId)).toEqual([named('user', wim)]);
      await share(documentId, named('user', vic), named('user', wim));
      await own(wim);
      expect([await inboxesOf(vic), await inboxesOf(wim)]).toEqual([[], [documentId]]);
    });

    test('w70: a change that fails names nobody', async () => {
      const { documentId } = (await connect()).inbox;
      const vic = await addColleague(ec.strapi);
      const refuse = () => {
        throw new Error('refused');
      };
      await expect(
        ec.records.inboxes.change(documentId, refuse, { named: [named('user', vic)] })
      ).rejects.toThrow();
      expect(await ec.records.inboxes.namedOn(documentId)).toEqual([]);
    });
  });

  test('w70: an inbox can be owned by an active user with a role that may connect inboxes', async () => {
    const connecting = await role('inboxes.connect');
    const reading = await role('inboxes.read');
    const vic = await addColleague(ec.strapi, reading.id, connecting.id);
    const others = [await addColleague(ec.strapi, reading.id), await addColleague(ec.strapi)];
    const mayOwn = async ({ documentId }: Colleague) =>
      (await ec.records.people.users()).find((user) => user.documentId === documentId)?.mayOwn;
    expect(await Promise.all([vic, ...others].map(mayOwn))).toEqual([true, false, false]);
    await users().update({ where: { documentId: vic.documentId }, data: { isActive: false } });
    expect(await mayOwn(vic)).toBe(false);
  });
};

recordsAlone(__filename, namedTests);
