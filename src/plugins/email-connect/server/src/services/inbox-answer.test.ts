import { colleaguesInbox, inboxWithFolders } from '../../../shared/contracts/inbox';
import { inboxWith } from '../testing/fakes/mailbox-scene';
import { seenInbox, seenInboxPage } from './inbox-answer';

const sending = { queued: 1, held: 0, unknown: 0, asked: 0, unfiled: 0, waitingSince: null };
const ports = {
  quarantine: { countByFolder: async () => new Map([['Secret folder', 2]]) },
  suggestions: { list: async () => [] },
  outbox: { summary: async () => ({ ...sending, lastFailure: '535 secret answer' }) },
  files: { waiting: async () => null },
  access: { inboxesOf: async (person: string) => (person === 'named' ? ['I'] : []) },
  settings: { teamAddresses: [], teamDomains: [] },
  folders: { list: async () => [] },
} as unknown as Parameters<typeof seenInboxPage>[0];

const inbox = inboxWith({
  label: 'Us',
  logAddress: 'us+secret@crm.test',
  trustedAuthServers: ['mx.secret.test'],
  sentFolderPath: 'Secret sent',
  stateReason: 'secret answer',
  stateCode: 'LOGIN_REFUSED',
});
const owner = { documentId: 'owner', managesAll: false };
const manager = { documentId: 'manager', managesAll: true };
const colleague = { documentId: 'colleague', managesAll: false };
const named = { documentId: 'named', managesAll: false };

describe('an inbox as it crosses HTTP', () => {
  test.each([
    ['a colleague', colleague, false],
    ['w70: who is named on it', named, true],
  ])('S36: %s sees which it is and how it is, and nothing that is its owner’s', async (_who, who, shared) => {
    for (const seen of [await seenInbox(ports, inbox, who), await seenInboxPage(ports, inbox, who)]) {
      expect(colleaguesInbox.parse(seen)).toMatchObject({ label: 'Us', stateCode: 'LOGIN_REFUSED', sending });
      expect(seen).toMatchObject({ sharedWithYou: shared });
      expect(JSON.stringify(seen)).not.toMatch(/secret|mail\.crm\.test|993/i);
    }
  });

  test.each([
    ['its owner', owner, true],
    ['who manages all', manager, false],
  ])('%s sees all of it but a password', async (_who, actor, ownedByYou) => {
    const seen = await seenInboxPage(ports, inbox, actor);
    expect(inboxWithFolders.parse(seen)).toMatchObject({ ownedByYou, logAddress: 'us+secret@crm.test' });
  });

  test('S36: an actor without an id owns nothing, not even what nobody owns', async () => {
    const nobody = { documentId: '', managesAll: false };
    const unowned = { ...inbox, ownerDocumentId: '' };
    expect(await seenInbox(ports, unowned, nobody)).toMatchObject({ seenAs: 'colleague' });
  });
});
